"""The list of visits, and visits in words."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from partnerdesk.domain.visits import AgendaItem, Visit, VisitLine
from partnerdesk.domain.vocab_projects import VISIT_STATUS
from partnerdesk.models.visits import (
    days_words,
    status_chip,
    times_words,
    visit_columns,
    visit_sentence,
    zone_name,
    zone_of,
    zones_by_country,
)

MONDAY = date(2026, 3, 9)
LINE = VisitLine(id=1, title="Japan in March", kind="delegation", direction="out", status="confirmed", starts_on=MONDAY,
                 ends_on=date(2026, 3, 11), country="JP", city="Kyoto", partners="Kyoto University", people=3,
                 responsible="Ada", open_followups=2, outcomes=True)


def test_that_every_column_shows_a_full_line_and_an_empty_one(qapp):
    for column in visit_columns():
        assert column.cell(LINE) is not None
        assert column.cell(VisitLine()) is not None


def test_that_a_line_is_said_in_one_sentence(qapp):
    assert visit_sentence(LINE) == "Japan in March, Kyoto University, 9 – 11 Mar 2026, Japan, Confirmed, 2 to do"


def test_that_every_status_has_its_own_icon_and_word(qapp):
    chips = [status_chip(code) for code in VISIT_STATUS.codes]
    assert len({chip.icon for chip in chips}) == len(chips)
    assert all(chip.word for chip in chips)


@pytest.mark.parametrize(("starts", "ends", "said"), [
    (MONDAY, MONDAY, "9 Mar 2026"), (MONDAY, None, "from 9 Mar 2026"), (None, None, ""),
    (MONDAY, date(2026, 4, 2), "9 Mar – 2 Apr 2026"),
])
def test_that_days_are_said_once(qapp, starts, ends, said):
    assert days_words(Visit(starts_on=starts, ends_on=ends)) == said


def test_that_times_and_zones_are_short(qapp):
    assert times_words(AgendaItem(begins="09:00", ends="10:30")) == "09:00–10:30"
    assert times_words(AgendaItem(begins="09:00")) == "09:00"
    assert times_words(AgendaItem()) == ""
    assert zone_name("America/Argentina/Buenos_Aires") == "Buenos Aires"


def test_that_zones_of_countries_are_zones_and_a_country_has_one_of_its_own():
    by_country = zones_by_country()
    assert zone_of("JP") == "Asia/Tokyo"
    assert zone_of("US") == "" and len(by_country["US"]) > 4
    assert zone_of("XX") == zone_of("") == ""
    for country in by_country:
        zone = zone_of(country)
        assert not zone or (zone in by_country[country] and ZoneInfo(zone))
    for country in ("DE", "ES", "PT", "CN", "NZ", "MY", "CL"):
        assert zone_of(country) in by_country[country]
