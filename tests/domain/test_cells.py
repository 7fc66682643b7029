"""Cells are read in the shapes that real lists have."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain import cells
from partnerdesk.domain.cells import Heads, Raw, Span, Unreadable
from partnerdesk.domain.dates import Order

TODAY = date(2026, 3, 2)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("31.08.2027", Span(ends=date(2027, 8, 31))),
        ("12/31/2029", Span(ends=date(2029, 12, 31))),
        ("2021-09-30", Span(ends=date(2021, 9, 30))),
        (date(2021, 9, 30), Span(ends=date(2021, 9, 30))),
        (datetime(2021, 9, 30, 12), Span(ends=date(2021, 9, 30))),
        (44440, Span(ends=date(2021, 9, 1))),
        (2021, Span(ends=date(2021, 12, 31))),
        ("2021", Span(ends=date(2021, 12, 31))),
        ("2024/25", Span(last_year=2024)),
        ("2024-2025", Span(last_year=2024)),
        ("WS 2024/25", Span(last_year=2024)),
        ("09/2027", Span(ends=date(2027, 9, 30))),
        ("2024-05", Span(ends=date(2024, 5, 31))),
        ("Sept. 2027", Span(ends=date(2027, 9, 30))),
        ("31 août 2027", Span(ends=date(2027, 8, 31))),
        ("3 sierpnia 2027", Span(ends=date(2027, 8, 3))),
        ("bis 31.08.2027", Span(ends=date(2027, 8, 31))),
        ("unbefristet", Span(open_ended=True)),
        ("czas nieokreślony", Span(open_ended=True)),
        ("01.09.2021 - 31.08.2027", Span(starts=date(2021, 9, 1), ends=date(2027, 8, 31))),
        ("2021-2027", Span(first_year=2021, last_year=2026)),
        ("n/a", None),
        ("–", None),
        ("\xa0", None),
        (None, None),
    ],
)
def test_that_an_end_is_read_in_every_shape(cell: Raw, span: Span | None) -> None:
    assert cells.end(cell, "dmy", TODAY) == span


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("2024/25", Span(first_year=2024)),
        (2021, Span(starts=date(2021, 1, 1))),
        ("09/2021", Span(starts=date(2021, 9, 1))),
    ],
)
def test_that_a_beginning_takes_the_first_day(cell: Raw, span: Span) -> None:
    assert cells.day(cell, "dmy", TODAY) == span


@pytest.mark.parametrize("cell", ["2", 2, "31.02.2024", "soon", "12.5", True, "13/2027"])
def test_that_what_is_no_day_says_so(cell: Raw) -> None:
    with pytest.raises(Unreadable):
        cells.end(cell, "dmy", TODAY)


@given(DAYS, st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"]))
def test_that_any_day_comes_back_from_its_writing(day: date, shape: str) -> None:
    assert cells.end(day.strftime(shape), "dmy", TODAY) == Span(ends=day)


@given(DAYS)
def test_that_any_serial_day_comes_back(day: date) -> None:
    assert cells.end((day - date(1899, 12, 30)) // timedelta(days=1), "dmy", TODAY) == Span(ends=day)


@given(st.text(max_size=30))
def test_that_any_text_is_a_day_or_says_why_not(written: str) -> None:
    for read in (cells.end, cells.day, cells.years):
        try:
            span = read(written, "dmy", TODAY)
        except Unreadable as error:
            assert str(error)
        else:
            assert span is None or isinstance(span, Span)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["1/1/2021", "12/31/2029"], "mdy"),
        (["1/1/2021", "31/12/2029"], "dmy"),
        (["1/1/2021", "2/2/2022"], None),
        (["31/12/2029", "30/11/2028", "12/31/2027"], "dmy"),
    ],
)
def test_that_a_column_tells_whether_days_come_first(column: list[Raw], order: Order | None) -> None:
    found = cells.day_orders(column)
    assert (found.common if found else None) == order


def test_that_days_written_by_a_spreadsheet_and_by_people_are_told_apart_by_their_zeros() -> None:
    found = cells.day_orders(["11/1/2021", "6/30/2023", "26/06/2024", "30/06/2023", "30/06/2023"])
    assert found is not None
    assert (found.of("11/1/2021"), found.of("05/06/2024")) == ("mdy", "dmy")


@pytest.mark.parametrize(
    ("written", "truth"),
    [("TRUE", True), ("yes", True), ("Ja", True), ("oui", True), ("sí", True), ("tak", True), ("x", True), (1, True),
     ("✓", True), ("FALSE", False), ("nein", False), ("non", False), ("nie", False), (0, False), ("-", False),
     ("", None), (None, None), (True, True)],
)  # fmt: skip
def test_that_flags_are_read_in_five_languages(written: Raw, truth: bool | None) -> None:
    assert cells.flag(written) is truth


@pytest.mark.parametrize(
    ("cell", "places"),
    [(12, Heads(12)), ("12", Heads(12)), (12.0, Heads(12)), ("max. 3", Heads(3)), ("2 x 5 months", Heads(2, 5)),
     ("2x10", Heads(2, 10)), ("1 + 1", Heads(2)), ("4 Studierende", Heads(4)), ("-", None)],
)  # fmt: skip
def test_that_places_are_read_with_their_months(cell: Raw, places: Heads | None) -> None:
    assert cells.heads(cell) == places


@pytest.mark.parametrize("cell", ["3-4", "many", -2, 1.5])
def test_that_what_is_no_number_of_places_says_so(cell: Raw) -> None:
    with pytest.raises(Unreadable):
        cells.heads(cell)


def test_that_mail_and_web_addresses_are_picked_out() -> None:
    assert cells.mails("Anna <anna@example.edu>; jan@example.org") == ("anna@example.edu", "jan@example.org")
    assert cells.address("see https://www.fhv.at/ today") == "https://www.fhv.at/"
    assert cells.address("www.ph-noe.ac.at") == "www.ph-noe.ac.at"
    for read in (cells.mails, cells.address):
        with pytest.raises(Unreadable):
            read("ask Anna")


def test_that_text_loses_markup_and_stray_blanks_but_no_line() -> None:
    assert cells.plain(" Universität\xa0 Graz\n") == "Universität Graz"
    assert cells.lines("[MEI] <u>Doble titulación</u><br>\r\nNivel B2 <br>") == "[MEI] Doble titulación\n\nNivel B2"
    assert cells.plain(86.0) == "86"
