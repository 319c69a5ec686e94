"""What the shared register needs to know about investment deals."""

from django.utils.translation import gettext_lazy as _

from shoushan.lines.investment.models import Deal
from shoushan.registers.lines import Flow, Line, Measure, Need

Stage = Deal.Stage

# 首善区2026年动员大会讲话 一: “引进500万元以上的投资项目”
COUNTED_FROM_YUAN = 5_000_000

line = Line(
    key="investment",
    label=_("Investment"),
    model=Deal,
    columns=["name", "investor", "unit", "industry", "agreed_yuan", "received_yuan", "stage"],
    fields=[
        "name",
        "investor",
        "home",
        "industry",
        "introducer",
        "agreed_yuan",
        "received_yuan",
        "land",
        "permit",
        "remark",
    ],
    required=["name", "investor", "home", "industry"],
    filters=["unit", "industry", "stage"],
    flow=Flow([*Stage]),
    needs={
        Stage.SIGNED: Need(fields=["agreed_yuan"], evidence=_("the contract; a framework letter is no contract")),
        Stage.FUNDED: Need(fields=["received_yuan"], evidence=_("the bank receipt of the project company's account")),
        Stage.STARTED: Need(fields=["land", "permit"], evidence=_("the permit and a dated photograph of the works")),
        Stage.PRODUCING: Need(evidence=_("an invoice, tax or power bill of the running plant")),
    },
    same=["name", "investor"],
    measures=[
        # 到位才算数: a deal counts once its funds are confirmed, not when it is signed
        Measure("investment.projects", Stage.FUNDED, where=lambda row: row.agreed_yuan >= COUNTED_FROM_YUAN),
        Measure("investment.funds", Stage.FUNDED, value=lambda row: row.received_yuan),
        Measure("investment.signed", Stage.SIGNED),
        Measure("investment.started", Stage.STARTED),
        Measure("investment.producing", Stage.PRODUCING),
        Measure("investment.started_share", Stage.STARTED, over="investment.signed"),
    ],
)
