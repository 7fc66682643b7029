"""Numbers, dates and texts as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QLocale

from partnerdesk.domain import clock
from partnerdesk.domain.words import text
from partnerdesk.look import words

NOON = datetime(2026, 7, 16, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english(qapp):
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.C))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize("value, said", [(1204, "1,204"), (-11, "−11"), (0, "0"), (2906418, "2,906,418")])
def test_that_numbers_are_grouped_with_a_true_minus(value, said):
    assert words.number(value) == said


@pytest.mark.parametrize(("n", "said"), [(0, "0 rows of b"), (1, "1 row of b"), (1204, "1,204 rows of b")])
def test_that_one_of_a_kind_is_no_plural(n, said):
    assert words.counted(n, "1 row of {name}", "{n} rows of {name}", name="b") == said


def test_that_decimals_are_given_when_asked_for():
    assert words.number(2.5, 1) == "2.5"


def test_that_a_day_names_its_month():
    assert words.day(date(2027, 3, 12)) == "12 Mar 2027"
    assert words.day(None) == "—"
    assert words.long_day(date(2026, 12, 31)) == "31 Dec 2026, Thursday"


def test_that_a_day_is_said_in_the_users_language():
    QLocale.setDefault(QLocale(QLocale.Language.German))
    assert words.day(date(2027, 5, 12)) == "12 Mai 2027"
    assert words.number(1204) == "1.204"


@pytest.mark.parametrize(
    "start, end, said",
    [
        (date(2026, 9, 1), date(2027, 8, 31), "1 Sep 2026 – 31 Aug 2027"),
        (date(2026, 9, 1), None, "from 1 Sep 2026"),
        (None, date(2027, 8, 31), "until 31 Aug 2027"),
        (None, None, "—"),
    ],
)
def test_that_a_range_has_an_en_dash_and_may_be_open(start, end, said):
    assert words.day_range(start, end) == said


@pytest.mark.parametrize(
    "days, due, said",
    [
        (0, True, "today"),
        (1, True, "tomorrow"),
        (47, True, "in 47 days"),
        (-1, True, "1 day late"),
        (-9, True, "9 days late"),
        (-1, False, "yesterday"),
        (-9, False, "9 days ago"),
    ],
)
def test_that_near_days_are_counted(days, due, said):
    with clock.fixed(NOON):
        assert words.near(date(2026, 7, 16) + timedelta(days=days), due=due) == said


def test_that_a_domain_text_is_translated_before_it_is_filled_in(qapp):
    translator = words.PseudoTranslator()
    qapp.installTranslator(translator)
    try:
        assert words.say(text("{n} of {total}", n=3, total=8)).startswith("3 õf 8")
    finally:
        qapp.removeTranslator(translator)
    assert words.say(text("{n} of {total}", n=3, total=8)) == "3 of 8"


def test_that_a_day_in_a_text_from_below_is_said_as_days_are():
    inner = text("not before {day}", day=date(2027, 3, 12))
    assert words.say(text("{name}: {rest}", name="Survey", rest=inner)) == "Survey: not before 12 Mar 2027"


def test_that_a_plain_str_passes_as_it_is():
    assert words.say("Tsinghua {University}") == "Tsinghua {University}"


@given(st.text(alphabet=st.characters(categories=("L", "Zs")), min_size=1, max_size=60))
def test_that_the_pseudo_language_is_half_as_long_again(source):
    assert len(words.pseudo(source)) >= 1.5 * len(source)


@pytest.mark.parametrize("source", ["{n} of {total}", "%n days late", "Save {name} now", "in %1"])
def test_that_the_pseudo_language_keeps_its_places(source):
    said = words.pseudo(source)
    for place in ("{n}", "{total}", "{name}", "%n", "%1"):
        assert (place in said) == (place in source)


def test_that_the_pseudo_language_reaches_the_widgets_own_texts(qapp):
    translator = words.PseudoTranslator()
    qapp.installTranslator(translator)
    try:
        assert QCoreApplication.translate("Any", "Save") != "Save"
    finally:
        qapp.removeTranslator(translator)
