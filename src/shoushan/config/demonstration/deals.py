"""About 120 deals of the demonstration year, through their stages, with evidence and confirmations."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from shoushan.config.demonstration.district import YEAR, Cast, material, moment
from shoushan.config.demonstration.stages import reach, words
from shoushan.evidence import actions as evidence
from shoushan.ledger.moment import acting
from shoushan.registers import actions
from shoushan.registers.lines import line_named
from shoushan.registers.models import Record

COUNT, SEED = 120, 20260226
TODAY = date(YEAR, 12, 3)
STAGES = ("signed", "funded", "started", "producing")


def run(cast: Cast) -> None:
    """Enter the deals and let them move, each on days of its own."""
    dice = random.Random(SEED)  # noqa: S311 - the same year every time, nothing secret
    codes = list(material()["subdistricts"])
    weights = [material()["weights"][code] for code in codes]
    told = material()["deals"]
    for number in range(1, COUNT + 1):
        unit = cast.units[dice.choices(codes, weights)[0]]
        industry = dice.choice(list(told["trades"]))
        trade = dice.choice(told["trades"][industry])
        talks = date(YEAR, 1, 4) + timedelta(days=dice.randrange(250))
        fields = {
            "name": f"{dice.choice(told['firms'])}{trade}项目{number}号",  # han: the project's name
            "investor": f"{dice.choice(told['firms'])}{trade}有限公司",  # han: the firm's name
            "home": dice.choice(told["homes"]),
            "industry": industry,
            "agreed_yuan": dice.choice([3, 6, 8, 12, 15, 20, 30, 45]) * 1_000_000,
            "remark": "",
        }
        with acting(at=moment(talks)):
            deal = actions.enter(line_named("investment"), unit, fields, on=talks, by=cast.people["investment"])
            actions.decide(deal, "talks", "accepted", by=cast.people["verifier"])
        _move(cast, deal, talks, dice)
    _beside(cast, words("investment"))


def _beside(cast: Cast, told: dict[str, Any]) -> None:
    """The fair of the spring and what became of its leads; teams, their tasks, plots, and the foreign capital."""
    on, unit = date(YEAR, 1, 12), cast.units["toucu"]

    def enter(line: str, rows: list[dict[str, Any]], day: date = on) -> list[Any]:
        with acting(at=moment(day)):
            entries = [actions.Entry(unit, row, day) for row in rows]
            return actions.enter_many(line_named(line), entries, by=cast.people["investment"])

    [fair] = enter("fairs", [told["fair"]])
    reach(cast, fair, "held", fair.held_on, confirmed=fair.held_on + timedelta(days=3))
    rows = [{"name": name, "fair": fair, "interest": told["interest"]} for name in told["leads"]]
    visited, ended, *_ = enter("leads", rows, fair.held_on)
    reach(cast, visited, "visited", date(YEAR, 6, 11))
    reach(cast, ended, "ended", date(YEAR, 7, 2), {"why_ended": told["ended"]})
    team, _ = enter("teams", told["teams"])
    done, _ = enter("errands", [{**row, "team": team} for row in told["errands"]], fair.held_on)
    reach(cast, done, "done", date(YEAR, 6, 24), {"result": told["result"]}, confirmed=date(YEAR, 6, 26))
    reserved, *_ = enter("plots", told["plots"])
    deal = line_named("investment").model._default_manager.order_by("pk").first()
    reach(cast, reserved, "reserved", date(YEAR, 6, 15), {"deal": deal})
    enter("foreign-capital", [told["foreign"]], told["foreign"]["told_on"])


def _move(cast: Cast, deal: Record, since: date, dice: random.Random) -> None:
    """One stage after the other until the deal stops, or today comes."""
    day = since
    for stage in STAGES:
        day += timedelta(days=dice.randrange(12, 48))
        if day >= TODAY or dice.random() < 0.07:
            return
        with acting(at=moment(day)):
            _prepare(cast, deal, stage, day, dice)
            deal = actions.advance(deal, stage, on=day, today=day, by=cast.people["investment"])
        checked = day + timedelta(days=dice.randrange(2, 12))
        if checked > TODAY:
            return
        with acting(at=moment(checked)):
            if dice.random() < 0.04:
                # han: the verifier's reason
                actions.decide(deal, stage, "returned", reason="回单金额与录入不一致", by=cast.people["verifier"])
                return
            actions.decide(deal, stage, "accepted", by=cast.people["verifier"])


def _prepare(cast: Cast, deal: Record, stage: str, day: date, dice: random.Random) -> None:
    """The stage's own fields and its evidence."""
    officer = cast.people["investment"]
    given: dict[str, object] = {}
    if stage == "funded":
        amount = int(deal.agreed_yuan * dice.choice([50, 70, 80, 100]) / 100)  # type: ignore[attr-defined]
        _receive(cast, deal, amount, day)
    if stage == "started":
        # han: plot and permit
        given = {"land": f"{deal.unit.name}{dice.randrange(1, 40)}号地块", "permit": f"首建施{YEAR}-{deal.pk:04d}"}
    if given:
        actions.edit(deal, given, by=officer)
    # han: the file stands for a scan of the paper
    evidence.add(deal, f"{deal.name} {stage} 凭证\n".encode(), f"{stage}-{deal.pk}.txt", proves=stage, by=officer)


def _receive(cast: Cast, deal: Record, amount: int, day: date) -> None:
    """The money's receipt, which the verifier holds against the bank's paper."""
    fields = {
        "name": f"{deal.name}到位资金",  # han: the receipt's name
        "deal": deal, "amount_yuan": amount, "currency": "CNY", "received_on": day, "proof": f"{YEAR}-{deal.pk:05d}",
    }  # fmt: skip
    receipt = actions.enter(line_named("receipts"), deal.unit, fields, on=day, by=cast.people["investment"])
    actions.decide(receipt, "received", "accepted", by=cast.people["verifier"])
