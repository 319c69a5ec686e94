"""Totals, ranks and grades of the units of a run, inside the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shoushan.scoring.arithmetic import divided, grains, total
from shoushan.scoring.lines import INAPPLICABLE, NOT_EVALUABLE, SCORED, VETOED, fires
from shoushan.scoring.rounding import rounded
from shoushan.scoring.tables import KEY_METHOD

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from shoushan.scoring.scheme import Grades, Quota, Scheme

LINE_COLUMNS = (
    "unit", "rule", "status", "has", "value", "base", "coefficient", "top", "bottom", "low", "high", "x", "y",
    "when_not_applicable", "fixed", "presence", "share_top", "share_bottom",
)  # fmt: skip
COMPARED_COLUMNS = ("best", "worst", "place", "tied", "group_sum", "group_count", "all_sum", "all_count")
UNIT_COLUMNS = ("unit_status", "total", "undecided", "position", "grade")


def standings(scheme: Scheme, line: ir.Table, settled: Any) -> ir.Table:
    """Every line with its unit's status, total, rank and grade."""
    unit = _summed(scheme, line)
    unit = _total(scheme, unit, settled)
    unit = _ranked(scheme, unit)
    unit = _graded(scheme.grades, unit) if scheme.grades else unit.mutate(grade=unit.veto - 1)
    kept = [name for name in (*LINE_COLUMNS, *COMPARED_COLUMNS) if name in line.columns]
    rows = line.filter(line.method >= 0).select(*kept)
    return rows.join(unit.select("unit", *UNIT_COLUMNS), "unit").select(*kept, *UNIT_COLUMNS)


def _summed(scheme: Scheme, line: ir.Table) -> ir.Table:
    """One row for each unit: the sum of its lines, its vetoes and what breaks its ties."""
    real = (line.method >= 0) & (line.counts == 1) if scheme.gives_totals else line.method >= 0
    first_veto = len(scheme.rules)
    touched, barred = line.rule * 0, line.rule * 0
    for index, veto in enumerate(scheme.vetoes):
        fired = fires(line, first_veto + index)
        if veto.effect == "grade":
            touched = touched + fired * (index + 1)
        elif veto.effect == "bar":
            barred = barred + fired
    return line.group_by("unit", "grp").agg(
        sum=total(real.ifelse(line.counted, 0).sum()),
        slack=total(real.ifelse(line.slack, 0).sum()),
        scored=total((real & line.status.isin([SCORED, VETOED])).ifelse(1, 0).sum()),
        unclear=total((real & (line.status == NOT_EVALUABLE)).ifelse(1, 0).sum()),
        zeroed=total((real & (line.status == VETOED)).ifelse(1, 0).sum()),
        # The first veto that touches the grade is the one that counts.
        veto=touched.max(),
        barred=barred.max(),
        **_keys(scheme, line),
    )


def _keys(scheme: Scheme, line: ir.Table) -> dict[str, Any]:
    """What decides between equal totals, larger first; a unit without it comes last."""
    rules = [rule.id for rule in scheme.rules]
    sections = [section.id for section in scheme.sections]
    facts = [key.fact for key in scheme.tie_break if key.fact]
    keys = {}
    for index, key in enumerate(scheme.tie_break):
        sign = -1 if key.lower_first else 1
        if key.fact:
            row = len(scheme.rules) + len(scheme.vetoes) + facts.index(key.fact)
            here = (line.method == KEY_METHOD) & (line.rule == row) & (line.presence == SCORED)
            value = line.x
        elif key.rule:
            here, value = (line.rule == rules.index(key.rule)) & (line.has == 1), line.value
        else:
            section = sections.index(key.section)
            here, value = (line.method >= 0) & (line.section == section) & (line.has == 1), line.counted
        found = here.ifelse(1, 0).max()
        keys[f"key_{index}"] = (found == 1).ifelse(total(here.ifelse(value * sign, 0).sum()), -(10**18))
    return keys


def _total(scheme: Scheme, unit: ir.Table, settled: Any) -> ir.Table:
    """The rounded total; where the last digit hung on fractions, the settled one counts."""
    import ibis

    unit = unit.left_join(settled, "unit").drop("unit_right")
    gone = unit.gone.coalesce(0) == 1
    unit = unit.mutate(
        sum=unit.total.coalesce(unit.sum),
        slack=unit.rest.coalesce(unit.slack),
        order=unit.order.coalesce(0),
        scored=gone.ifelse(0, unit.scored),
        unclear=gone.ifelse(unit.unclear + unit.scored, unit.unclear),
    ).drop("total", "rest", "gone")
    unit = rounded(unit, "sum", "slack", scheme.rounding, to="total")
    empty = (unit.unclear > 0).ifelse(NOT_EVALUABLE, INAPPLICABLE)
    status = ibis.cases((unit.scored == 0, empty), ((unit.veto > 0) | (unit.zeroed > 0), VETOED), else_=SCORED)
    return unit.mutate(unit_status=status)


def _ranked(scheme: Scheme, unit: ir.Table) -> ir.Table:
    """The rank inside the group: 1, 2, 2, 4."""
    import ibis

    unit = unit.mutate(_has=(unit.scored > 0).ifelse(1, 0) * int(scheme.gives_totals))
    order = [
        ibis.desc(unit.order if scheme.rank_by == "unrounded" else unit.total),
        *(ibis.desc(unit[f"key_{index}"]) for index in range(len(scheme.tie_break))),
    ]
    position = ibis.rank().over(group_by=[unit.grp, unit._has], order_by=order) + 1
    return unit.mutate(position=position * unit._has)


def _graded(grades: Grades, unit: ir.Table) -> ir.Table:
    """The grade by its number: 0 the best; above the last, the grade of a veto."""
    import ibis

    thresholds = [grains(level.least, level.grade) for level in grades.levels if level.least is not None]
    exact = grades.compare == "unrounded"
    reached, perhaps = unit.total * 0, unit.total * 0
    for least in thresholds:
        value = unit.sum if exact else unit.total
        reached = reached + (value >= least).ifelse(1, 0)
        highest = unit.sum + ibis.greatest(unit.slack - 1, 0)
        perhaps = perhaps + (highest >= least).ifelse(1, 0)
    unit = unit.mutate(level=reached * -1 + len(thresholds), _perhaps=perhaps * -1 + len(thresholds))
    if exact:
        unclear = (unit.level != unit._perhaps).ifelse(1, 0)
        unit = unit.mutate(undecided=ibis.greatest(unit.undecided, unclear))
    may = (unit.level == 0) & (unit.barred == 0) & (unit.veto == 0) & (unit._has == 1)
    unit = unit.mutate(_may=may.ifelse(1, 0))
    unit = _within_quota(grades.quota, unit) if grades.quota else unit.mutate(_top=unit._may)
    first_veto = len(grades.levels) - 1
    grade = ibis.cases(
        (unit._has == 0, -1),
        (unit.veto > 0, unit.veto + first_veto),
        ((unit.level == 0) & (unit._top == 0), 1),
        else_=unit.level,
    )
    return unit.mutate(grade=grade)


def _within_quota(quota: Quota, unit: ir.Table) -> ir.Table:
    """Who of those that may have the top grade finds a place in it."""
    import ibis

    share, whole = quota.share.as_integer_ratio()
    everyone = total(unit._has.sum().over(group_by=unit.grp))
    added, times = {"round_down": (0, 1), "half_up": (whole, 2), "round_up": (whole - 1, 1)}[quota.slots]
    slots = divided(everyone * (share * times) + added, everyone * 0 + whole * times)
    unit = unit.mutate(_slots=slots)
    group = [unit.grp, unit._may]
    ahead = ibis.rank().over(group_by=group, order_by=[unit.position])
    behind = ibis.rank().over(group_by=group, order_by=[ibis.desc(unit.position)])
    last = unit._may.count().over(group_by=group) - behind
    place = last if quota.tie_at_the_edge == "none" else ahead + 1
    unit = unit.mutate(_place=place)
    return unit.mutate(_top=((unit._may == 1) & (unit._place <= unit._slots)).ifelse(1, 0))
