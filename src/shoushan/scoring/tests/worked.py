"""The shared worked examples written as schemes: the shape's words and numbers, nothing of the answer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shoushan.scoring import Facts, Scheme
from shoushan.scoring.loading import scheme_from
from shoushan.scoring.tests.making import CHOICES, NUMBERS

Example = dict[str, Any]
Written = dict[str, Any]


def rule(method: str, parameters: Written, indicator: Written | None = None, **more: Any) -> Written:
    number = more.pop("id", "line")
    parameters = {**NUMBERS.get(method, {}), **parameters}
    found = {"id": number, "label": number, "source": "例", "since": "2026-01-01", "method": {method: parameters}}
    return {**found, **more} if indicator is None else {**found, "indicator": indicator, **more}


def pick(parameters: Written, *names: str, **renamed: str) -> Written:
    found = {name: parameters[name] for name in names if name in parameters}
    return found | {new: parameters[old] for new, old in renamed.items() if old in parameters}


COMPLETION = {"numerator": "actual", "denominator": "target"}


def completion(example: Example) -> Written:
    return {"rules": [rule("completion", pick(example["params"], "full", "cap", "floor"), COMPLETION)]}


def overfulfilment(example: Example) -> Written:
    given = pick(example["params"], "full", "step", "bonus", "bonus_cap", "steps", "symmetric", "minimum")
    return {"rules": [rule("overfulfilment", {"steps": "whole", **given}, COMPLETION)]}


def deduction(example: Example) -> Written:
    return {"rules": [rule("deduction", pick(example["params"], "full", "floor", each="per"))]}


def bands(example: Example) -> Written:
    edges = [{"least": least, "points": points} for least, points in example["params"]["bands"]]
    given = {"bands": edges, "below": example["params"]["below"]}
    return {"rules": [rule("bands", given, {"value": "rate"})]}


def ranking(example: Example) -> Written:
    return {"rules": [rule("ranking", pick(example["params"], "points", "ties"), {"value": "value"})]}


def best(example: Example) -> Written:
    fact = next(iter(next(iter(example["facts"].values()))))
    return {"rules": [rule("best", pick(example["params"], "full"), {"value": fact})]}


def efficacy(example: Example) -> Written:
    given = pick(example["params"], "base", "span", "direction", "all_equal", full="weight")
    return {"rules": [rule("efficacy", given, {"value": "value"})]}


def level_and_growth(example: Example) -> Written:
    params = example["params"]
    weight = Decimal(params.get("weight", "100"))
    return {
        "rules": [
            rule(
                "efficacy",
                {"full": weight * Decimal(params[part]), "base": params["base"], "span": params["span"]},
                {"value": part},
                id=part,
            )
            for part in ("level", "growth")
        ]
    }


def improvement(example: Example) -> Written:
    params = example["params"]
    if "average" in params:
        full, cap = Decimal(params["full"]), Decimal(params["cap"])
        given = {"full": full, "start": full, "points": params["per"], "per": params["step"]}
        given |= {"low": full - cap, "high": full + cap}
        return {"rules": [rule("improvement", given, {"value": ["growth", -Decimal(params["average"])]})]}
    given = {"full": params["full"], "points": params["full"], "per": params["target_points"]}
    given |= {"low": 0, "high": params["full"]}
    return {"rules": [rule("improvement", given, {"value": ["this", {"fact": "last", "times": -1}]})]}


def veto(example: Example) -> Written:
    [fact] = {name for facts in example["facts"].values() for name in facts} - {"score"}
    given = {"id": "veto", "label": fact, "source": "例", "since": "2026-01-01", "basis": "例", "when": fact}
    params = example["params"]
    if params.get("effect") == "zero":
        given |= {"effect": "line", "rule": "line"}
        return {"rules": [rule("given", {"full": 20}, {"value": "score"})], "vetoes": [given]}
    given |= {"effect": "grade", "grade": params["veto_grade"]}
    levels = [{"grade": grade, "least": least} for least, grade in params["grades"]]
    del levels[-1]["least"]
    return {"rules": [rule("given", {}, {"value": "score"})], "vetoes": [given], "grades": {"levels": levels}}


def threshold(example: Example) -> Written:
    if "step" in example["params"]:
        return overfulfilment(example)
    return {"rules": [rule("completion", pick(example["params"], "full", "minimum"), COMPLETION)]}


def best_in_group(example: Example) -> Written:
    method = {"best_is_100": "best", "group_mean_to_overall_mean": "group_mean"}[example["params"]["method"]]
    return {"rules": [rule(method, {"full": 100}, {"value": "raw"})]}


def not_applicable(example: Example) -> Written:
    policy = example["params"]["policy"]
    more = {"when_missing": "not_applicable"} | ({"when_not_applicable": "full"} if policy == "full" else {})
    return {
        "left_out": {"even": "even", "proportional": "scaled", "full": "none"}[policy],
        "rules": [
            rule("completion", {"full": weight}, {"numerator": fact, "denominator": 1}, id=fact, **more)
            for fact, weight in example["params"]["weights"].items()
        ],
    }


def false_data(example: Example) -> Written:
    params = example["params"]
    given = {"full": params["full"], "floor": params["floor"]}
    given["each"] = {"late": params["per_late"], "falsified": params["per_false"]}
    return {"rules": [rule("deduction", given)]}


def quarterly(example: Example) -> Written:
    params = example["params"]
    quarters = [f"quarter_{number}" for number in range(1, 5)]
    return {
        "rules": [
            rule(
                "completion",
                {"full": Decimal(params["full"]) * Decimal(weight)},
                {"numerator": quarters[: number + 1], "denominator": {"fact": "target", "times": due}},
                id=quarters[number],
            )
            for number, (weight, due) in enumerate(zip(params["weights"], params["schedule"], strict=True))
        ]
    }


def tie_break(example: Example) -> Written:
    keys = [{"fact": key} for key in example["params"]["keys"][1:]]
    return {"rules": [rule("given", {}, {"value": "total"})], "tie_break": keys}


def grade_quota(example: Example) -> Written:
    params = example["params"]
    levels = [("优秀", "min_top"), ("良好", "min_good"), ("合格", "min_pass")]
    found: list[Written] = [{"grade": grade, "least": params[name]} for grade, name in levels if name in params]
    found.append({"grade": "不合格" if "min_pass" in params else "良好"})
    quota = {"share": params["share"], "source": "例", "slots": "round_down"}
    written = {
        "rules": [rule("given", {}, {"value": "total"})],
        "grades": {"levels": found, "quota": quota},
    }
    if any("vetoed" in facts for facts in example["facts"].values()):
        given = {"id": "bar", "label": "取消资格", "source": "例", "since": "2026-01-01", "basis": "例"}
        written["vetoes"] = [given | {"when": "vetoed", "effect": "bar"}]
    return written


def rounding(example: Example) -> Written:
    if "weights" not in example["params"]:
        return {"rules": [rule("given", {}, {"value": "value"})]}
    weights = example["params"]["weights"].items()
    return {"rules": [rule("given", {"times": times}, {"value": fact}, id=fact) for fact, times in weights]}


def interim(example: Example) -> Written:
    return {
        "rules": [
            rule(
                "completion",
                {"full": Decimal(example["params"][part]) * 100, "cap": 10},
                {"numerator": part, "denominator": 100},
                id=part,
                when_missing="not_applicable",
            )
            for part in ("half", "year")
        ]
    }


def milestone(example: Example) -> Written:
    params = example["params"]
    counts = {"new": params["new"], "continued": params["continued"], "in_production": params["production"]}
    progress = {"numerator": "done", "denominator": "plan"}
    return {
        "rules": [
            rule("addition", {"each": counts}, id="counts"),
            rule("completion", {"full": params["progress"]}, progress, id="progress"),
        ]
    }


def limit(example: Example) -> Written:
    given = pick(example["params"], "full", "per_percent", "floor")
    return {"rules": [rule("limit", given, {"numerator": "actual", "denominator": "limit"})]}


def rescale(example: Example) -> Written:
    given = {"full": example["params"]["to"], "cap": 2}
    return {"rules": [rule("completion", given, {"numerator": "points", "denominator": "max"})]}


SHAPES: dict[str, Callable[[Example], Written]] = {
    "completion_cap": completion,
    "overfulfil_bonus": overfulfilment,
    "deduct_per_case": deduction,
    "tiered_bands": bands,
    "rank_points": ranking,
    "ratio_to_best": best,
    "efficacy_60_40": efficacy,
    "level_growth_mix": level_and_growth,
    "improvement": improvement,
    "veto": veto,
    "threshold_zero": threshold,
    "group_normalise": best_in_group,
    "not_applicable": not_applicable,
    "false_data": false_data,
    "quarterly_cumulative": quarterly,
    "tie_break": tie_break,
    "grade_quota": grade_quota,
    "rounding": rounding,
    "interim": interim,
    "milestone": milestone,
    "control_limit": limit,
    "rescale": rescale,
}
# Of these shapes, the examples whose rule reads lists or means that no standard method knows yet.
NOT_YET = {"veto-3", "false_data-2", "milestone-1"}


def scheme_of(example: Example) -> Scheme:
    written = {
        "key": example["id"],
        "version": "1",
        "title": example["rule"],
        "source": example["source"],
        "published": "2026-01-01",
        "choices": CHOICES,
        "rounding": {**example["rounding"], "at": "total"},
        **SHAPES[example["shape"]](example),
    }
    return scheme_from(written, "")


def facts_of(example: Example) -> Facts:
    rows = []
    for unit, facts in example["facts"].items():
        for fact, value in facts.items():
            group = facts.get("group", "街道")
            if fact == "quarters":
                each = {f"quarter_{number}": part for number, part in enumerate(value, start=1)}
            else:
                each = {fact: value}
            for name, part in each.items():
                if name != "group":
                    said = int(part) if isinstance(part, bool) else part
                    rows.append({"unit": unit, "group": group, "fact": name, "value": said})
    return Facts.from_rows(rows)
