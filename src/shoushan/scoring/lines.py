"""The lines of a run: what each unit has, what each rule makes of it, and how much of that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shoushan.scoring.arithmetic import GRAIN, divided, floored, product, remainder, total
from shoushan.scoring.methods import METHODS, Bands, Method, Ranking
from shoushan.scoring.rounding import rounded
from shoushan.scoring.tables import FIXED, MEAN, MISSING, NOT_APPLICABLE, WHEN_MISSING

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from shoushan.scoring.scheme import Scheme

# The status of a line and of a unit, in the engine.
SCORED, NOT_EVALUABLE, INAPPLICABLE, VETOED = range(4)
STATUS = ("scored", "not_evaluable", "not_applicable", "vetoed")
METHOD_NUMBER = {method: number for number, method in enumerate(METHODS.values())}


def scored(scheme: Scheme, given: dict[str, Any]) -> ir.Table:
    """Every line with its status and its points in grains."""
    # The clauses' numbers join late: lines stay narrow while they are compared and put in order.
    line = _readings(scheme, given)
    methods = {type(rule.method) for rule in scheme.rules if not rule.is_reckoned}
    if any(method.compares for method in methods):
        line = _compared(line)
    if any(method.averages for method in methods):
        line = _averaged(line)
    if any(method.ranks for method in methods):
        line = _placed(line)
    line = line.join(given["rules"].drop("x0", "y0", "everyone", "method", "a"), "rule")
    if methods & {Bands, Ranking}:
        line = _stepped(line, given["steps"], methods)
    line = _pieces(line, methods)
    line = _points(line)
    line = _finished(line, given["reckoned"]) if scheme.is_reckoned else line
    line = _vetoed(scheme, _cut(scheme, line))
    return _cut(scheme, _filled(line)) if scheme.fills_gaps else line


def _cut(scheme: Scheme, line: ir.Table) -> ir.Table:
    """Lines rounded by themselves, where the scheme says so."""
    if scheme.rounding.at == "total":
        return line
    line = rounded(line, "value", "rest", scheme.rounding, to="cut")
    return line.mutate(value=line.cut, rest=line.rest * 0).drop("cut", "undecided")


def _readings(scheme: Scheme, given: dict[str, Any]) -> ir.Table:
    """Each unit × rule in scope: numerator x, denominator y, and whether they are there."""
    import ibis

    pairs = given["units"].join(given["scope"], "grp").select("unit", "grp", "rule")
    known = given["inputs"].join(given["facts"], "fact")
    part = known.value * known.times
    sums = known.group_by("unit", "rule").agg(
        sum_x=total((known.role == 0).ifelse(part, 0).sum()),
        sum_y=total((known.role == 1).ifelse(part, 0).sum()),
        here=known.state.count(),
        missing=total((known.state == MISSING).ifelse(1, 0).sum()),
        inapplicable=total((known.state == NOT_APPLICABLE).ifelse(1, 0).sum()),
    )
    rules = given["rules"].select("rule", "x0", "y0", "everyone", "when_missing", "method", "a")
    rules = rules.left_join(given["inputs"].group_by("rule").agg(named=ibis._.fact.count()), "rule").drop("rule_right")
    line = pairs.join(rules, "rule").left_join(sums, ["unit", "rule"])
    line = line.drop("unit_right", "rule_right")
    line = line.mutate(x=line.x0 + line.sum_x.coalesce(0), y=line.y0 + line.sum_y.coalesce(0))
    none = (line.inapplicable > 0) | (line.here.isnull() & line.named.notnull())
    unknown = (line.missing > 0) | (line.here < line.named)
    declared = unknown & (line.when_missing == WHEN_MISSING.index("not_applicable"))
    presence = ibis.cases((none | declared, INAPPLICABLE), (unknown, NOT_EVALUABLE), else_=SCORED)
    if scheme.is_reckoned:
        line = line.mutate(presence=presence).left_join(given["reckoned"], ["unit", "rule"])
        line = line.drop("unit_right", "rule_right")
        # 3 is a line whose facts are there, with nothing to divide by
        presence = (line.r_state == 3).ifelse(SCORED, line.r_state.coalesce(line.presence))
        line = line.mutate(x=line.r_value.coalesce(line.x))
    line = line.mutate(presence=presence, pool=(line.everyone == 1).ifelse(-1, line.grp))
    return line.select("unit", "grp", "rule", "method", "a", "x", "y", "presence", "pool")


def _compared(line: ir.Table) -> ir.Table:
    """The best and the worst value among the units compared."""
    import ibis

    pool = ibis.window(group_by=["rule", "pool", "presence"])
    return line.mutate(best=line.x.max().over(pool), worst=line.x.min().over(pool))


def _averaged(line: ir.Table) -> ir.Table:
    """What the means of the group and of all units are made of."""
    import ibis

    group = ibis.window(group_by=["rule", "grp", "presence"])
    everyone = ibis.window(group_by=["rule", "presence"])
    return line.mutate(
        group_sum=total(line.x.sum().over(group)),
        group_count=line.x.count().over(group),
        all_sum=total(line.x.sum().over(everyone)),
        all_count=line.x.count().over(everyone),
    )


def _placed(line: ir.Table) -> ir.Table:
    """The place of each value: 1, 2, 2, 4, and how many share it.

    Two different ratios with denominators of twelve digits differ within 24 decimals, so these order them exactly.
    """
    import ibis

    able = (line.method == METHOD_NUMBER[Ranking]) & (line.presence == SCORED) & (line.y > 0)
    others = line.filter(~able).mutate(place=ibis.literal(0, "int64"), tied=ibis.literal(1, "int64"))
    kept = others.columns
    line = line.filter(able).mutate(_bottom=line.y, _sign=(line.a < 0).ifelse(-1, 1))
    line = line.mutate(_whole=floored(line.x, line._bottom))
    line = line.mutate(_left=line.x - line._whole * line._bottom)
    head = product(line.rule * 0 + GRAIN, line._left, line._bottom)
    line = line.mutate(_head=head.value, _left=head.left)
    tail = product(line.rule * 0 + GRAIN, line._left, line._bottom).value
    line = line.mutate(_whole=line._whole * line._sign, _head=line._head * line._sign, _tail=tail * line._sign)
    pool = [line.rule, line.pool]
    value = [line._whole, line._head, line._tail]
    line = line.mutate(
        place=ibis.rank().over(group_by=pool, order_by=[ibis.desc(each) for each in value]) + 1,
        tied=line.x.count().over(group_by=[*pool, *value]),
    )
    return line.select(*kept).union(others)


def _stepped(line: ir.Table, steps: Any, methods: set[type[Method]]) -> ir.Table:
    """The points of the edges a value reaches, or of the places it covers."""
    import ibis

    join = line.join(steps, "rule")
    reached = (join.method == METHOD_NUMBER[Bands]) & (join.x * join.a >= join.edge * join.y)
    if Ranking in methods:
        last = join.place + (join.b == 1).ifelse(join.tied - 1, 0)
        reached |= (join.method == METHOD_NUMBER[Ranking]) & (join.edge >= join.place) & (join.edge <= last)
    won = join.filter(reached).group_by("unit", "rule").agg(won=total(join.points.sum()))
    line = line.left_join(won, ["unit", "rule"]).drop("unit_right", "rule_right")
    return line.mutate(won=ibis.coalesce(line.won, 0))


def _pieces(line: ir.Table, methods: set[type[Method]]) -> ir.Table:
    """Base, coefficient, top and bottom of every line, each by its own method."""
    import ibis

    named = [(METHOD_NUMBER[method], method.pieces(line)) for method in METHODS.values() if method in methods]

    def by_method(name: str, otherwise: Any) -> Any:
        branches = [(line.method == number, getattr(pieces, name)) for number, pieces in named]
        return ibis.cases(*branches, else_=otherwise) if branches else ibis.literal(otherwise)

    lows = [(line.method == number, pieces.low) for number, pieces in named if pieces.low is not None]
    evaluable = (line.presence == SCORED) & by_method("evaluable", False)
    line = line.mutate(
        _base=by_method("base", 0),
        _coefficient=by_method("coefficient", 0),
        _top=by_method("top", 0),
        _bottom=by_method("bottom", 1),
        _low=ibis.cases(*lows, else_=line.low) if lows else line.low,
        _evaluable=evaluable.ifelse(1, 0),
    )
    able = line._evaluable == 1
    return line.mutate(
        base=line._base,
        coefficient=line._coefficient,
        top=able.ifelse(line._top, 0),
        bottom=able.ifelse(line._bottom, 1),
        low=line._low,
        status=(able | (line.presence != SCORED)).ifelse(line.presence, NOT_EVALUABLE),
    )


def _points(line: ir.Table) -> ir.Table:
    """base + coefficient × top ÷ bottom, kept between low and high."""
    import ibis

    gain = product(line.coefficient, line.top, line.bottom)
    line = line.mutate(value=line.base + gain.value, rest=gain.rest)
    scored = line.status == SCORED
    inside = scored & (line.value < line.high) & (line.value >= line.low)
    zero = (line.presence == NOT_EVALUABLE) & (line.when_missing == WHEN_MISSING.index("zero"))
    return line.mutate(
        status=zero.ifelse(SCORED, line.status),
        has=(scored | zero).ifelse(1, 0),
        value=scored.ifelse(ibis.greatest(ibis.least(line.value, line.high), line.low), 0),
        rest=inside.ifelse(line.rest, 0),
    )


def _finished(line: ir.Table, reckoned: ir.Table) -> ir.Table:
    """Lines that were reckoned before the query, in the place of what a method would have given."""
    line = line.left_join(reckoned, ["unit", "rule"]).drop("unit_right", "rule_right")
    here = line.r_state == SCORED
    scored = here | (line.status == SCORED)
    return line.mutate(
        status=here.ifelse(SCORED, line.status),
        has=scored.ifelse(1, line.has),
        value=here.ifelse(line.r_value, line.value),
        rest=here.ifelse(line.r_rest, line.rest),
    ).drop("r_value", "r_rest", "r_state")


def _filled(line: ir.Table) -> ir.Table:
    """Points for lines that do not apply, where the rule gives some all the same."""
    import ibis

    pool = ibis.window(group_by=["rule", "grp"])
    real = line.status == SCORED
    line = line.mutate(
        _sum=total(real.ifelse(line.value, 0).sum().over(pool)),
        _rests=total(real.ifelse(line.rest, 0).sum().over(pool)),
        _count=total(real.ifelse(1, 0).sum().over(pool)),
    )
    line = line.mutate(_n=ibis.greatest(line._count, 1))
    mean = floored(line._sum, line._n)
    inexact = (remainder(line._sum, line._n) != 0) | (line._rests > 0)
    slack = inexact.ifelse(divided(line._rests + line._n - 1, line._n) + 1, 0)
    gap = line.status == INAPPLICABLE
    averaged = gap & (line.when_not_applicable == MEAN) & (line._count > 0)
    fixed = gap & (line.when_not_applicable == FIXED)
    return line.mutate(
        value=ibis.cases((averaged, mean), (fixed, line.fixed), else_=line.value),
        rest=ibis.cases((averaged, slack), (fixed, 0), else_=line.rest),
        has=(averaged | fixed).ifelse(1, line.has),
    )


def _vetoed(scheme: Scheme, line: ir.Table) -> ir.Table:
    """Lines that a veto makes zero."""
    import ibis

    for index, veto in enumerate(scheme.vetoes):
        if veto.effect == "line":
            target = [rule.id for rule in scheme.rules].index(veto.rule)
            fired = fires(line, len(scheme.rules) + index).max().over(ibis.window(group_by="unit"))
            line = line.mutate(_fired=fired)
            hit = (line._fired == 1) & (line.rule == target) & (line.has == 1)
            line = line.mutate(
                status=hit.ifelse(VETOED, line.status),
                value=hit.ifelse(0, line.value),
                rest=hit.ifelse(0, line.rest),
            ).drop("_fired")
    return line


def fires(line: ir.Table, rule: int) -> Any:
    """1 on the line that reads a veto's fact where the fact is above zero."""
    return ((line.rule == rule) & (line.presence == SCORED) & (line.x > 0)).ifelse(1, 0)


def counted(scheme: Scheme, line: ir.Table) -> ir.Table:
    """What each line adds to its unit's total, once the weights of absent lines are shared out."""
    line = _even(line) if scheme.left_out == "even" else _proportional(scheme, line)
    line = line.mutate(
        share_top=(line.weight > 0).ifelse(line.share_top, 1) * line.has,
        share_bottom=((line.weight > 0) & (line.has == 1)).ifelse(line.share_bottom, 1),
    )
    added = product(line.share_top, line.value, line.share_bottom)
    times = divided(line.share_top + line.share_bottom - 1, line.share_bottom)
    return line.mutate(counted=added.value, slack=line.rest * times + added.rest)


def _even(line: ir.Table) -> ir.Table:
    """Each line that counts takes an equal part of the weights that do not."""
    import ibis

    unit = ibis.window(group_by="unit")
    counts = ((line.weight > 0) & (line.has == 1)).ifelse(1, 0)
    line = line.mutate(
        _count=total(counts.sum().over(unit)), _gone=total((line.weight * (line.has * -1 + 1)).sum().over(unit))
    )
    return line.mutate(share_top=line.weight * line._count + line._gone, share_bottom=line.weight * line._count)


def _proportional(scheme: Scheme, line: ir.Table) -> ir.Table:
    """Sections carry their weight, and what is absent is scaled up inside its section, then between sections."""
    import ibis

    shelf = ibis.window(group_by=["unit", "section"])
    line = line.mutate(
        _all=total(line.weight.sum().over(shelf)), _here=total((line.weight * line.has).sum().over(shelf))
    )
    if scheme.left_out == "none":
        line = line.mutate(_here=line._all)
    if not scheme.sections:
        return line.mutate(share_top=line._all, share_bottom=line._here)
    real = line.filter(line.weight > 0)
    shelves = real.group_by("unit", "section").agg(size=real.section_weight.max(), here=real._here.max())
    units = shelves.group_by("unit").agg(
        _full=total(shelves.size.sum()), _present=total((shelves.here > 0).ifelse(shelves.size, 0).sum())
    )
    line = line.left_join(units, "unit").drop("unit_right")
    return line.mutate(
        share_top=line.section_weight * line._full.coalesce(1), share_bottom=line._here * line._present.coalesce(1)
    )
