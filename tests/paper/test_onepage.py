"""One page, whatever the document holds: nothing spills, nothing overlaps, nothing is dropped in silence."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.domain.documents import (
    Cell,
    Contact,
    Fact,
    Head,
    Letterhead,
    People,
    PrintDocument,
    Remarks,
    Table,
)
from partnerdesk.paper.onepage import LEAST_REMARKS, one_page
from partnerdesk.paper.page import A4, LETTER, Page, Paper, Words
from tests.paper.conftest import COLUMNS, Maker, summary

SLACK = 0.6


def faults(page: Page) -> list[str]:
    """What leaves the margins, and which lines of text lie over each other."""
    paper = page.paper
    right, bottom = paper.width - paper.side, paper.height - paper.foot
    found = [
        f"outside: {item}"
        for item in page.items
        if (box := item.box())[0] < paper.side - SLACK
        or box[1] < paper.top - SLACK
        or box[2] > right + SLACK
        or box[3] > bottom + SLACK
    ]
    words = sorted((item.box(), item.text) for item in page.items if isinstance(item, Words))
    for place, (one, text) in enumerate(words):
        for other, second in words[place + 1 :]:
            if other[0] >= one[2] - 0.05:
                break
            if min(one[3], other[3]) - max(one[1], other[1]) > 0.3:
                found.append(f"overlap: {text!r} {second!r}")
    return found


def texts(page: Page) -> list[str]:
    return [item.text for item in page.items if isinstance(item, Words)]


def shown_and_more(page: Page, first: str) -> int:
    """How many rows begin with `first`, plus what the first closing line counts."""
    shown = sum(text.startswith(first) for text in texts(page))
    more = [int(m[1]) for text in texts(page) if (m := re.fullmatch(r"\+ (\d+) more", text))]
    return shown + (more[0] if more else 0)


@pytest.mark.parametrize("paper", [A4, LETTER], ids=["A4", "Letter"])
@pytest.mark.parametrize("agreements", [0, 1, 4, 40, 400])
def test_that_every_agreement_is_shown_or_counted(make: Maker, paper: Paper, agreements: int) -> None:
    page = one_page(make(agreements, contacts=2, places=4, lanes=0), paper)
    assert faults(page) == []
    assert shown_and_more(page, "2026-") == agreements


def test_that_a_table_without_rows_says_so(make: Maker) -> None:
    assert "No agreement yet" in texts(one_page(make(0)))


@pytest.mark.parametrize("contacts", [1, 9, 200])
def test_that_many_contacts_leave_room_for_agreements(make: Maker, contacts: int) -> None:
    page = one_page(make(12, contacts, 8, 0))
    assert faults(page) == []
    assert sum(text.startswith("2026-") for text in texts(page)) == 12


def test_that_forty_agreements_leave_room_for_contacts_and_places(make: Maker) -> None:
    page = one_page(make(40, 40, 8, 6), LETTER)
    assert sum(text.endswith("@example.edu") for text in texts(page)) >= 2
    assert texts(page).count("agreed") >= 4


def test_that_coverage_goes_first_where_room_is_short(make: Maker) -> None:
    assert "Coverage" in texts(one_page(make(4, 3, 8, 4)))
    assert "Coverage" not in texts(one_page(make(60, 3, 8, 4)))


def test_that_the_remarks_box_is_never_lower_than_nine_millimetres(make: Maker) -> None:
    page = one_page(make(400, 200, 8, 8))
    title = next(item for item in page.items if isinstance(item, Words) and item.text == "Remarks")
    foot = next(item for item in page.items if isinstance(item, Words) and item.text.startswith("Page 1"))
    assert foot.y - title.y >= LEAST_REMARKS


def test_that_the_foot_says_which_page_of_how_many(make: Maker) -> None:
    assert "Page 1 of 1" in texts(one_page(make()))


def test_that_an_absurdly_long_name_gets_smaller_and_then_ends_in_dots(make: Maker) -> None:
    page = one_page(make(name="Universidad Nacional Autónoma de Investigación " * 8))
    assert faults(page) == []
    assert any(text.endswith("…") for text in texts(page)[2:6])


@pytest.mark.parametrize(
    ("name", "second", "script"),
    [
        ("A" * 300, "清" * 200, "zh-Hans"),
        ("University of Tokyo", "東京大学", "ja"),
        ("Cairo University", "جامعة القاهرة", ""),
        ("Lomonosov Moscow State University", "Московский государственный университет", ""),
        ("Chulalongkorn University", "จุฬาลงกรณ์มหาวิทยาลัย", ""),
        ("University of Delhi", "दिल्ली विश्वविद्यालय", ""),
        ("جامعة القاهرة " * 30, "𠮷田" * 90, "ja"),
    ],
)
def test_that_names_of_every_script_stay_on_their_page(renamed: Maker, name: str, second: str, script: str) -> None:
    assert faults(one_page(renamed(name, second, script))) == []


WORDS = st.text(st.sampled_from("abcWÄß清華ءبกА \n—0123"), max_size=120)
CELL = st.builds(Cell, WORDS, st.sampled_from(["", "HOLDS"]))
PERSON = st.builds(Contact, WORDS, WORDS, WORDS)
TABLE = st.builds(
    Table, WORDS, st.just(COLUMNS), st.lists(st.tuples(*[CELL] * 5), max_size=60).map(tuple), WORDS, WORDS
)
PEOPLE = st.builds(People, WORDS, st.lists(PERSON, min_size=1, max_size=50).map(tuple), WORDS)


@st.composite
def documents(draw: st.DrawFn) -> PrintDocument:
    """Any text anywhere, any number of rows."""
    facts = st.lists(st.builds(Fact, WORDS, WORDS), max_size=9).map(tuple)
    lines = st.lists(WORDS, max_size=2).map(tuple)
    head = draw(st.builds(Head, WORDS, WORDS, st.sampled_from(["", "zh-Hant", "ko"]), lines, facts))
    rich = summary(
        draw(st.integers(0, 50)), draw(st.integers(0, 50)), draw(st.integers(0, 20)), draw(st.integers(0, 9))
    )
    blocks = (rich.blocks[0], draw(TABLE), *rich.blocks[2:-1], draw(PEOPLE), Remarks(draw(WORDS)))
    return PrintDocument(draw(WORDS), draw(WORDS), Letterhead(draw(WORDS), draw(WORDS)), head, blocks, draw(WORDS))


@settings(max_examples=40)
@given(documents(), st.sampled_from([A4, LETTER]))
def test_that_no_document_leaves_its_margins_or_writes_over_itself(
    make: Maker, document: PrintDocument, paper: Paper
) -> None:
    assert faults(one_page(document, paper)) == []
