"""What the rules of warnings look at, gathered for a whole year: as many questions for one unit as for forty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Min, Q, QuerySet

from shoushan.core.months import Month
from shoushan.dispatch.queries.year import is_limit, is_over
from shoushan.dispatch.rules import Claim, Facts, Late, Progress, Reuse
from shoushan.evidence.models import Evidence, Verification
from shoushan.exchange.pictures import first_alike
from shoushan.orgs.models import Unit
from shoushan.plans.models import Indicator, Schedule, Share, Year
from shoushan.registers.lines import all_lines, measure_named
from shoushan.returns.models import Value
from shoushan.returns.queries.actuals import Monthly, actuals
from shoushan.returns.queries.corrections import times_corrected


def facts_of(year: Year, *, on: date) -> Facts:
    """The facts of a year up to its last month that is over on a day."""
    month = year.months_over(on)
    shares = shares_of(year)
    return Facts(_progress(year, shares, month), _claims(year, shares, month), _late(on), _reuses(year))


def shares_of(year: Year) -> list[Share]:
    """Every share of a measured goal, each with its goal and indicator."""
    found = Share.objects.filter(goal__year=year, goal__indicator__isnull=False)
    return list(found.select_related("unit", "goal__indicator", "goal__year").order_by("goal__order", "unit__path"))


def _progress(year: Year, shares: list[Share], month: int) -> list[Progress]:
    indicators = list({it.goal.indicator_id: indicator_of(it) for it in shares}.values())
    until = Month(year.number, max(month, 1)).last_day
    figures = actuals(year, indicators, until=until)
    dues: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for share_id, point, due in Schedule.objects.filter(share__goal__year=year).values_list("share_id", "month", "due"):
        dues[share_id][point] = due
    found = []
    for share in shares:
        indicator = indicator_of(share)
        months = figures.get((indicator.pk, share.unit_id), Monthly()).reported
        found.append(
            Progress(
                unit=share.unit_id,
                goal=share.goal_id,
                title=share.goal.title,
                indicator=indicator.key,
                group=_group(indicator),
                measure=share.goal.measure,
                month=month,
                whole=share.value,
                months={number: amount for number, amount in months.items() if number <= month},
                dues=dues.get(share.pk, {}),
                adds_up=indicator.adds_up,
                is_limit=is_limit(share.goal, indicator),
                is_over=is_over(share.goal, month),
                is_typed=indicator.source == Indicator.Source.REPORTED,
                url=f"/goals/{share.goal_id}/{share.unit.code}/",
            )
        )
    return found


def indicator_of(share: Share) -> Indicator:
    assert share.goal.indicator is not None  # noqa: S101 - `shares_of` leaves out goals without one
    return share.goal.indicator


def _group(indicator: Indicator) -> str:
    """What a shortfall has its cause in: the register that counts it, else the indicator itself."""
    known = measure_named(indicator.key) if indicator.source == Indicator.Source.DERIVED else None
    return known[0].home if known else indicator.key


def _claims(year: Year, shares: list[Share], month: int) -> list[Claim]:
    """Typed figures of the year, with how many files stand beside each and how often each has come back."""
    values = Value.objects.filter(
        entry__period__year=year, entry__period__month__lte=month, indicator__source=Indicator.Source.REPORTED
    ).exclude(state=Value.State.DRAFT)
    kind = ContentType.objects.get_for_model(Value)
    files = _counted(Evidence.objects.standing().filter(subject_type=kind, subject_id__in=values.values("pk")))
    sent_back = Verification.objects.filter(subject_type=kind, decision=Verification.Decision.RETURNED)
    returned = _counted(sent_back.filter(subject_id__in=values.values("pk")))
    corrected = times_corrected(values.values("pk"))
    wholes = {(indicator_of(it).pk, it.unit_id): it.value for it in shares}
    rows = values.values_list(
        "pk", "unit_id", "indicator_id", "indicator__key", "indicator__label", "indicator__measure", "indicator__kind",
        "entry__period__month", "amount", "entry__unit__code",
    )  # fmt: skip
    return [
        Claim(
            unit=unit,
            indicator=key,
            title=label,
            measure=measure,
            month=number,
            amount=amount,
            whole=wholes.get((indicator, unit)),
            files=files.get(pk, 0),
            returned=returned.get(pk, 0) + corrected.get(pk, 0),
            adds_up=how == Indicator.Kind.FLOW,
            url=f"/returns/{Month(year.number, number)}/{code}/{key}/",
        )
        for pk, unit, indicator, key, label, measure, how, number, amount, code in rows.order_by("pk")
    ]


def _counted(rows: Any) -> dict[int, int]:
    """How many concern each thing."""
    return dict(rows.order_by().values_list("subject_id").annotate(Count("pk")))


def _late(on: date) -> list[Late]:
    """Records past their limit by unit, a question for each register that has limits."""
    codes = dict(Unit.objects.values_list("pk", "code"))
    found = []
    for line in all_lines():
        if not line.clocks:
            continue
        late = line.model.objects.standing().filter(next_due_on__lt=on).order_by().values_list("unit_id")
        for unit, count, first in late.annotate(Count("pk"), Min("next_due_on")):
            address = f"/{line.key}/?due=late&unit={codes[unit]}"
            found.append(Late(unit, line.key, line.key, count, first, (on - first).days, address))
    return found


def _reuses(year: Year) -> list[Reuse]:
    """Files that stand beside several things, the newest use named; sealed ones are nobody's to compare.

    A picture stored anew is another file that looks the same.
    """
    standing = Evidence.objects.standing().filter(file__is_sealed=False)
    twice = standing.order_by().values("file_id").annotate(uses=Count("pk")).filter(uses__gt=1)
    pictures = _pictures(standing)
    again = Q(file_id__in=twice.values("file_id")) | Q(file_id__in=list(pictures))
    uses: dict[int, list[Evidence]] = defaultdict(list)
    for each in standing.filter(again).select_related("file").order_by("added_at", "pk"):
        uses[pictures.get(each.file_id, each.file_id)].append(each)
    last = {key: it[-1] for key, it in uses.items() if it[-1].added_at.year == year.number}
    things = _things(last.values())
    return [
        Reuse(
            unit=thing.unit_id,
            hash=each.file.sha256[:32],
            name=each.name,
            things=len({(it.subject_type_id, it.subject_id) for it in uses[key]}),
            is_alike=len({it.file_id for it in uses[key]}) > 1,
            url=thing.get_absolute_url(),
        )
        for key, each in last.items()
        if (thing := things.get((each.subject_type_id, each.subject_id))) is not None
    ]


def _pictures(standing: QuerySet[Evidence]) -> dict[int, int]:
    """Files that are one picture, each with the first of them; one that is alone is left out."""
    shown = standing.exclude(file__look="").order_by("file_id").values_list("file_id", "file__look").distinct()
    files: dict[str, list[int]] = defaultdict(list)
    looks = dict(shown)
    firsts = first_alike(looks.values())
    for file_id, look in looks.items():
        files[firsts[look]].append(file_id)
    return {file_id: same[0] for same in files.values() if len(same) > 1 for file_id in same}


def _things(used: Iterable[Evidence]) -> dict[tuple[int, int], Any]:
    """What files stand beside, where it belongs to a unit; a question for each kind of thing."""
    ids: dict[int, list[int]] = defaultdict(list)
    for each in used:
        ids[each.subject_type_id].append(each.subject_id)
    found = {}
    for type_id, wanted in ids.items():
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        if model is None or not hasattr(model, "unit_id"):
            continue
        rows = model._default_manager.filter(pk__in=wanted)
        if model is Value:
            rows = rows.select_related("entry__period__year", "entry__unit", "indicator", "unit")
        found.update({(type_id, row.pk): row for row in rows})
    return found
