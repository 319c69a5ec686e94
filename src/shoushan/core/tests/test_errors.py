from shoushan.core.errors import Refusal, Refusals, mark


def test_a_refusal_says_what_why_and_what_would_help() -> None:
    refusal = Refusal("share.sum", mark("%(gap)s are nobody's."), hint=mark("Give them away."), params={"gap": 3})

    assert str(refusal) == "3 are nobody's. Give them away."


def test_a_percent_sign_without_numbers_stays_as_it_is() -> None:
    assert str(Refusal("x.y", "100 % is all.")) == "100 % is all."


def test_several_refusals_speak_with_the_first_and_keep_all() -> None:
    first, second = Refusal("a.b", "One."), Refusal("c.d", "Two.", field="value")

    together = Refusals([first, second])

    assert (together.code, str(together)) == ("a.b", "One.")
    assert together.refusals == [first, second]
