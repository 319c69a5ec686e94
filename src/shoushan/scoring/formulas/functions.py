"""The fixed list of functions (函数) a formula may call, each with its Chinese and its English name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """How a function is written: its Chinese name, its form, and how many values it takes."""

    chinese: str
    form: str
    least: int
    most: int = 60

    def takes(self, number: int) -> bool:
        return self.least <= number <= self.most


# han: the names a formula may write
FUNCTIONS: dict[str, Function] = {
    "max": Function("最大", "最大(a, b, …) max", 1),
    "min": Function("最小", "最小(a, b, …) min", 1),
    "sum": Function("求和", "求和(a, b, …) sum", 1),
    "mean": Function("平均", "平均(a, b, …) mean", 1),
    "count": Function("个数", "个数(条件, …) count", 1),
    "trimmed_mean": Function("去极值平均", "去极值平均(list[], 5, 1, 1) trimmed_mean", 4, 4),
    "highest_each": Function("每项最高", "每项最高(list[].points, list[].matter) highest_each", 2, 2),
    "within": Function("限于", "限于(a, 最低, 最高) within", 3, 3),
    "largest": Function("前几项", "前几项(list[], 3) largest", 2, 2),
    "list": Function("数列", "数列(a, b, …) list", 1),
    "running": Function("累计", "累计(list[]) running", 1, 1),
    "floor": Function("取整", "取整(a) floor", 1, 1),
    "round": Function("四舍五入", "四舍五入(a, 2) round", 2, 2),
    "abs": Function("绝对值", "绝对值(a) abs", 1, 1),
    "if": Function("如果", "如果(条件, a, 条件, b, …, 否则) if", 3),
    "lookup": Function("对照", '对照(a, "甲", 1, "乙", 2, …, 否则) lookup', 3),
    "missing": Function("缺", "缺(a) missing", 1, 1),
    "not_applicable": Function("不适用", "不适用() not_applicable", 0, 0),
    "points": Function("得分", "得分(规则) points", 1, 1),
    "fact": Function("数", "数(a) fact", 1, 1),
    "days": Function("天数", "天数(从, 到) days", 2, 2),
    "workdays": Function("工作日", "工作日(从, 到) workdays", 2, 2),
    "months": Function("月数", "月数(从, 到) months", 2, 2),
    "group_max": Function("组最大", "组最大(a) group_max", 1, 1),
    "group_min": Function("组最小", "组最小(a) group_min", 1, 1),
    "group_mean": Function("组平均", "组平均(a) group_mean", 1, 1),
    "group_sum": Function("组合计", "组合计(a) group_sum", 1, 1),
    "all_max": Function("全体最大", "全体最大(a) all_max", 1, 1),
    "all_min": Function("全体最小", "全体最小(a) all_min", 1, 1),
    "all_mean": Function("全体平均", "全体平均(a) all_mean", 1, 1),
    "all_sum": Function("全体合计", "全体合计(a) all_sum", 1, 1),
    "at_unit": Function("他单位", "他单位(“单位”, a) at_unit", 2, 2),
    "in_group": Function("在组", "在组(“组”, 组平均(a)) in_group", 2, 2),
    "place": Function("名次", "名次(a) place", 1, 1),
    "all_place": Function("全体名次", "全体名次(a) all_place", 1, 1),
}
BY_CHINESE = {function.chinese: name for name, function in FUNCTIONS.items()}
# What gives a list, where a list goes in; all others make one value of it, or go through it entry by entry.
GATHERING = frozenset({"max", "min", "sum", "mean", "count", "trimmed_mean"})
GROUPED = frozenset(name for name in FUNCTIONS if name.startswith(("group_", "all_")) or name == "place")


def function_named(written: str) -> str | None:
    """The English name of a function, from either of its names."""
    return written if written in FUNCTIONS else BY_CHINESE.get(written)


def known_functions() -> str:
    return ", ".join(f"{function.chinese} {name}" for name, function in FUNCTIONS.items())


Wanted = Callable[[int, int], str]


def _all(kind: str) -> Wanted:
    return lambda at, number: kind


def _if(at: int, number: int) -> str:
    return "truth" if at % 2 == 0 and at != number - 1 else "any"


def _of_another(at: int, number: int) -> str:
    return "any" if at == 0 else "number"


# What each function and operator wants at each place, and what it gives.
KINDS: dict[str, tuple[Wanted, str]] = {
    **{name: (_all("number"), "number") for name in FUNCTIONS},
    **{sign: (_all("number"), "number") for sign in "+-*/"},
    **{sign: (_all("any"), "truth") for sign in ("<", "<=", ">", ">=", "=", "!=")},
    **{word: (_all("truth"), "truth") for word in ("and", "or", "not")},
    **{name: (_all("any"), "number") for name in ("count", "highest_each", "days", "workdays", "months")},
    **{name: (_all("any"), "any") for name in ("lookup", "points", "fact", "not_applicable", "list")},
    **dict.fromkeys(("at_unit", "in_group"), (_of_another, "number")),
    "-": (_all("any"), "number"),  # two days are subtracted too
    "missing": (_all("any"), "truth"),
    "if": (_if, "any"),
}
