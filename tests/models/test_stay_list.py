"""What the list of stays shows of a line, and how a screen reader says it."""

from dataclasses import replace
from datetime import date

import pytest

from partnerdesk.domain.lines import StayLine
from partnerdesk.look.cells import Figures, plain
from partnerdesk.models.stay_list import papers_words, stay_columns, stay_sentence

LINE = StayLine(
    id=1, person_id=2, name="Byron, Ada", name_original="", kind="student", partner_id=3, partner="Kyoto University",
    country="JP", direction="out", phase="abroad", sending_status="live", receiving_status="verified",
    programme="bilateral", activity="student-studies", attribute="long-term", year=2025, term="1/2",
    starts_on=date(2025, 10, 1), ends_on=date(2026, 3, 31), months=6.0, documents=6, documents_done=4,
    documents_missing=2, next_due=date(2026, 3, 1), archived=False)


@pytest.fixture
def cells(qapp, stopped_clock):
    return lambda line: {column.key: column.cell(line) for column in stay_columns()}


def test_that_a_line_says_who_where_when_and_how_far(cells):
    shown = cells(LINE)
    assert (shown["name"].name, shown["name"].second) == ("Byron, Ada", "Student")
    assert (shown["partner"].name, shown["partner"].second) == ("Kyoto University", "Out · Japan")
    assert shown["phase"].word == "Abroad"
    assert shown["starts"].second == "First semester · 25/26"


def test_that_papers_late_are_told_until_the_stay_is_over(cells):
    assert cells(LINE)["documents"] == Figures("2 missing", "late", "danger")
    assert plain(cells(replace(LINE, next_due=date(2026, 4, 1)))["documents"]) == "2 missing"
    assert plain(cells(replace(LINE, phase="closed"))["documents"]) == "2 missing"
    assert papers_words(replace(LINE, documents_missing=0)) == "4 of 6"
    assert papers_words(replace(LINE, documents=0, documents_missing=0)) == "—"


def test_that_a_year_is_written_as_the_host_has_it(cells):
    assert plain(cells(LINE)["year"]) == "2025/2026"
    assert plain(cells(replace(LINE, southern=True))["year"]) == "2025/2025"


def test_that_a_screen_reader_hears_the_line_as_a_sentence(qapp, stopped_clock):
    assert stay_sentence(LINE) == (
        "Byron, Ada, Out, Kyoto University, Abroad, 1 Oct 2025 – 31 Mar 2026, 2 missing")


def test_that_an_anonymised_person_has_a_word_for_a_name(cells):
    assert cells(replace(LINE, name=""))["name"].name == "Anonymised person"


def test_that_every_column_shows_something_of_the_emptiest_line(cells):
    empty = replace(LINE, partner="", country="", year=None, term="", starts_on=None, ends_on=None, programme="",
                    next_due=None, months=0.0)
    assert len(cells(empty)) == len(stay_columns())
