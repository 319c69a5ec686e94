"""A compiled query in which sums over a window become sums over groups, joined back.

An engine sorts whole lines for each window, with all the columns that later stages need; a grouped sum reads only its
own, and there are few groups. Both say the same: no key of these windows is ever null. Columns name their table, as
Ibis writes them.
"""

from __future__ import annotations

from sqlglot import expressions as sql


def regrouped(tree: sql.Expr) -> sql.Expr:
    """The query with every window that has no order turned into a group; it is changed in place and given back."""
    with_ = tree.args.get("with_")
    if with_ is None:
        return tree
    stages: list[sql.Expression] = []
    for stage in with_.expressions:
        stages += [*_groups(stage), stage]
    with_.set("expressions", stages)
    return tree


def _groups(stage: sql.CTE) -> list[sql.CTE]:
    """The grouped sums that a stage needs, taken out of it."""
    select = stage.this
    source = select.args.get("from_")
    windows = [node for node in select.find_all(sql.Window) if not node.args.get("order")]
    if not windows or source is None or select.args.get("joins"):
        return []
    table = source.this
    found: dict[str, sql.CTE] = {}
    for window in windows:
        keys = window.args["partition_by"]
        key = " ".join(each.sql() for each in keys)
        name = f"{stage.alias}_by_{list(found).index(key) if key in found else len(found)}"
        if key not in found:
            found[key] = _grouped(name, table, keys)
            on = [sql.EQ(this=each.copy(), expression=sql.column(each.name, table=name, quoted=True)) for each in keys]
            select.join(sql.to_table(name), on=sql.and_(*on, copy=False), copy=False)
        group = found[key].this
        total = f"sum_{len(group.expressions) - len(keys)}"
        group.select(sql.alias_(window.this.copy(), total, quoted=True), copy=False)
        window.replace(sql.column(total, table=name, quoted=True))
    return list(found.values())


def _grouped(name: str, table: sql.Table, keys: list[sql.Column]) -> sql.CTE:
    select = sql.select(*(each.copy() for each in keys)).from_(table.copy()).group_by(*(each.copy() for each in keys))
    return sql.CTE(this=select, alias=sql.TableAlias(this=sql.to_identifier(name)))
