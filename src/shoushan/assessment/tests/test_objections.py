"""A unit objects in its window; somebody who did not score it answers; what is accepted becomes a run of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from shoushan.assessment import actions
from shoushan.assessment.models import Answer, Assessment, Objection, ScoreLine, Snapshot
from shoushan.assessment.norms import all_norms, norms
from shoushan.assessment.queries.effects import Correction, effect
from shoushan.assessment.queries.public import last_day
from shoushan.core.testing import code_of
from shoushan.ledger.verify import verify
from shoushan.notices.models import Notice
from shoushan.orgs.models import Person, Post
from shoushan.orgs.testing import make_person
from shoushan.returns.testing import District

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, tzinfo=UTC)
# five working days after Tuesday the 5th: 6, 7, 8, 11, 12
LAST, AFTER = date(2027, 1, 12), datetime(2027, 1, 13, 8, tzinfo=UTC)
CLAIM = "少算了300人，花名册在后"
RIGHT = Correction("hexi", "jobs.actual", Decimal(1500))


def accepted(objection: Objection, by: Person, correction: Correction = RIGHT) -> Answer:
    return actions.accept(objection, "核对花名册属实", correction, tried_on=1, at=NOW, by=by)


def test_the_window_is_never_shorter_than_five_working_days() -> None:
    assert all(each.objection_days >= 5 for each in all_norms())
    # before the first rule of all, the first one holds
    assert norms(date(2000, 1, 1)) is all_norms()[0]


def test_announcing_opens_the_window_and_tells_every_unit(announced: Assessment, line: ScoreLine) -> None:
    assert announced.objections_until == LAST
    assert last_day(line) == LAST
    assert set(Notice.objects.values_list("unit__code", flat=True)) == {"hexi", "hedong"}


def test_only_the_newest_run_is_announced_and_once(announced: Assessment, district: District, schemes: Path) -> None:
    assert code_of(actions.announce, announced, at=NOW, by=district.assessor) == "run.announced"
    second, third = (
        actions.run_scheme(district.year, scheme_path=schemes, at=NOW, by=district.assessor) for _ in range(2)
    )
    actions.announce(third, at=NOW, by=district.assessor)

    assert third.number == 3
    assert Assessment.objects.get(pk=third.pk).follows == announced
    assert code_of(actions.announce, second, at=NOW, by=district.assessor) == "run.outdated"
    assert code_of(actions.publish, announced, at=AFTER, by=district.assessor) == "run.not_announced"


def test_nobody_objects_before_the_scores_are_announced(assessment: Assessment, district: District) -> None:
    line = ScoreLine.objects.filter(score__unit__code="hexi")[0]

    assert code_of(actions.object_to, line, CLAIM, at=NOW, by=district.reporter) == "objection.not_announced"


def test_an_objection_is_answered_within_ten_working_days(objection: Objection) -> None:
    assert (objection.state, objection.answer_until) == ("raised", date(2027, 1, 19))


def test_one_objection_a_line_and_it_says_something(objection: Objection, line: ScoreLine, district: District) -> None:
    other = line.score.lines.get(rule="duty.returns")

    assert code_of(actions.object_to, line, CLAIM, at=NOW, by=district.reporter) == "objection.twice"
    assert code_of(actions.object_to, other, "  ", at=NOW, by=district.reporter) == "objection.words"


def test_after_the_window_the_assessment_office_lets_it_in_for_a_cause(line: ScoreLine, district: District) -> None:
    assert code_of(actions.object_to, line, CLAIM, at=AFTER, by=district.reporter) == "objection.closed"
    late = actions.object_to(line, CLAIM, late_because="街道停电三天", at=AFTER, by=district.reporter)
    assert late.state == "late"
    assert code_of(actions.refuse, late, "不予采纳", at=AFTER, by=district.supervisor) == "objection.state"
    assert code_of(actions.admit, late, admitted=True, reason="", at=AFTER, by=district.assessor) == "objection.words"

    let_in = actions.admit(late, admitted=True, reason="停电属实", at=AFTER, by=district.assessor)

    assert (let_in.state, let_in.answer_until) == ("raised", date(2027, 1, 27))


def test_a_late_one_that_is_not_let_in_ends_there(line: ScoreLine, district: District) -> None:
    late = actions.object_to(line, CLAIM, late_because="忘了", at=AFTER, by=district.reporter)

    ended = actions.admit(late, admitted=False, reason="不是正当理由", at=AFTER, by=district.assessor)

    assert not ended.is_open
    actions.publish(line.score.assessment, at=AFTER, by=district.assessor)


def test_the_effect_is_seen_before_anything_is_decided(objection: Objection, announced: Assessment) -> None:
    shown = effect(objection, announced, RIGHT)

    (move,) = shown.moves
    # 1,500 ÷ 1,600 × 90 + 10 = 94.375
    assert (move.unit.code, move.before.points, move.after.points) == ("hexi", Decimal("77.5"), Decimal("94.38"))
    assert [(each.label, each.before, each.after) for each in move.lines] == [
        ("新增就业", Decimal("67.5"), Decimal("84.375"))
    ]
    assert (move.before.grade, move.after.grade) == ("合格", "优秀")
    assert Snapshot.objects.count() == Assessment.objects.count() == 1


def test_an_accepted_objection_is_a_new_run_on_a_new_snapshot_with_its_cause(
    objection: Objection, announced: Assessment, district: District
) -> None:
    answer = accepted(objection, district.supervisor)

    run = answer.run
    assert run is not None
    assert (run.number, run.follows, run.snapshot.number, run.snapshot.cause) == (2, announced, 2, objection.claim)
    assert run.snapshot.corrected == [
        {"objection": objection.pk, "unit": "hexi", "fact": "jobs.actual", "before": "1200.0000", "after": "1500"}
    ]
    assert run.scores.get(unit__code="hexi").points == Decimal("94.38")
    # what stood before stays as it was
    assert announced.scores.get(unit__code="hexi").points == Decimal("77.5")
    assert verify().sound


def test_what_a_unit_does_not_have_is_corrected_too(objection: Objection, district: District) -> None:
    run = accepted(objection, district.supervisor, Correction("hexi", "jobs.target", None)).run

    assert run is not None
    assert run.snapshot.corrected[0]["after"] == "n/a"
    assert run.scores.get(unit__code="hexi").lines.get(rule="people.jobs").status == "not_applicable"


def test_what_nobody_had_verified_is_corrected_too(announced: Assessment, district: District) -> None:
    silent = ScoreLine.objects.get(score__assessment=announced, score__unit__code="hedong", rule="people.jobs")
    objection = actions.object_to(silent, CLAIM, at=NOW, by=district.foreigner)

    run = accepted(objection, district.supervisor, Correction("hedong", "jobs.actual", Decimal(1600))).run

    assert run is not None
    assert run.snapshot.corrected[0]["before"] == ""
    # 河东 comes first now, and 河西 moves to second though its own lines are the same
    assert run.scores.get(unit__code="hexi").rank == 2


def test_a_figure_that_is_the_same_corrects_nothing(objection: Objection, district: District) -> None:
    same = Correction("hexi", "jobs.actual", Decimal(1200))

    assert code_of(accepted, objection, district.supervisor, same) == "objection.same_figure"


def test_an_effect_seen_before_another_correction_is_seen_again(
    objection: Objection, announced: Assessment, district: District
) -> None:
    other = ScoreLine.objects.get(score__assessment=announced, score__unit__code="hexi", rule="duty.returns")
    second = actions.object_to(other, "并未迟报", at=NOW, by=district.reporter)
    accepted(objection, district.supervisor)

    late = Correction("hexi", "returns.late", Decimal(1))
    assert code_of(accepted, second, district.supervisor, late) == "objection.effect_changed"
    actions.accept(second, "属实", late, tried_on=2, at=NOW, by=district.leader)

    # both corrections hold in the third run: 84.375 + 9.5
    assert Assessment.objects.get(number=3).scores.get(unit__code="hexi").points == Decimal("93.88")


def test_a_changed_file_of_the_scheme_is_noticed(objection: Objection, district: District, schemes: Path) -> None:
    file = schemes / "scheme.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")

    assert code_of(accepted, objection, district.supervisor) == "run.scheme_changed"


def test_whoever_had_a_hand_in_the_figure_answers_nothing(objection: Objection, district: District) -> None:
    for person in (district.assessor, district.verifier, district.reporter):
        assert code_of(actions.refuse, objection, "不予采纳", at=NOW, by=person) == "objection.scorer"


def test_a_figure_nobody_verified_keeps_nobody_but_the_scorers_away(announced: Assessment, district: District) -> None:
    own = make_person(district.hexi, Post.Role.SUPERVISOR, login="own")
    line = ScoreLine.objects.get(score__assessment=announced, score__unit__code="hexi", rule="duty.returns")
    objection = actions.object_to(line, CLAIM, at=NOW, by=district.reporter)

    assert code_of(actions.refuse, objection, "不予采纳", at=NOW, by=own) == "objection.own_unit"
    assert code_of(actions.refuse, objection, " ", at=NOW, by=district.supervisor) == "objection.words"


def test_one_appeal_and_yet_another_person_answers_it(objection: Objection, district: District) -> None:
    first = actions.refuse(objection, "花名册无签章", at=NOW, by=district.supervisor)
    objection.refresh_from_db()
    assert (first.round, objection.appeal_until) == (1, LAST)
    assert code_of(actions.appeal, objection, "", at=NOW, by=district.reporter) == "objection.words"

    actions.appeal(objection, "签章补上了", at=NOW, by=district.reporter)
    assert code_of(actions.refuse, objection, "仍不采纳", at=NOW, by=district.supervisor) == "objection.scorer"
    second = actions.refuse(objection, "人数仍对不上", at=NOW, by=district.leader)

    objection.refresh_from_db()
    assert (second.round, objection.state, objection.appeal_until) == (2, "refused", None)
    assert code_of(actions.appeal, objection, "再请复核", at=NOW, by=district.reporter) == "objection.appealed"


def test_an_appeal_has_its_days(objection: Objection, district: District) -> None:
    actions.refuse(objection, "花名册无签章", at=NOW, by=district.supervisor)

    assert code_of(actions.appeal, objection, "迟了", at=AFTER, by=district.reporter) == "objection.appeal_closed"


def test_nothing_is_final_while_something_is_open(
    objection: Objection, announced: Assessment, district: District
) -> None:
    publish = (actions.publish, announced)
    assert code_of(*publish, at=AFTER, by=district.assessor) == "run.open_objection"
    actions.refuse(objection, "花名册无签章", at=AFTER, by=district.supervisor)
    assert code_of(*publish, at=AFTER, by=district.assessor) == "run.open_appeal"


def test_the_window_is_kept_open_to_its_last_day(announced: Assessment, line: ScoreLine, district: District) -> None:
    on_the_last_day = datetime(2027, 1, 12, 8, tzinfo=UTC)
    assert code_of(actions.publish, announced, at=on_the_last_day, by=district.assessor) == "run.window_open"

    actions.publish(announced, at=AFTER, by=district.assessor)

    assert code_of(actions.publish, announced, at=AFTER, by=district.assessor) == "run.published"
    assert code_of(actions.object_to, line, CLAIM, at=AFTER, by=district.reporter) == "objection.final"


def test_after_the_result_is_final_no_run_is_announced(
    announced: Assessment, district: District, schemes: Path
) -> None:
    actions.publish(announced, at=AFTER, by=district.assessor)
    again = actions.run_scheme(district.year, scheme_path=schemes, at=AFTER, by=district.assessor)

    assert code_of(actions.announce, again, at=AFTER, by=district.assessor) == "run.final"


def test_a_line_that_moved_has_its_own_window_and_the_others_keep_theirs(
    objection: Objection, district: District
) -> None:
    answer = actions.accept(objection, "属实", RIGHT, tried_on=1, at=AFTER, by=district.supervisor)

    assert answer.run is not None
    lines = answer.run.scores.get(unit__code="hexi").lines
    # five working days after Wednesday the 13th: 14, 15, 18, 19, 20
    assert last_day(lines.get(rule="people.jobs")) == date(2027, 1, 20)
    assert last_day(lines.get(rule="duty.returns")) == LAST
    # to the line that moved one may object anew; to the run that is history, no more
    actions.object_to(lines.get(rule="people.jobs"), "仍少算", at=AFTER, by=district.reporter)
    assert code_of(actions.object_to, objection.line, CLAIM, at=AFTER, by=district.reporter) == (
        "objection.not_announced"
    )
