"""Documents over several pages: every row once, heads on each page, nothing beyond the foot."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.domain.documents import (
    BalanceChart,
    Block,
    Cell,
    Column,
    Fact,
    FactList,
    Head,
    Letterhead,
    PrintDocument,
    Prose,
    Remarks,
    Signatures,
    Table,
    YearBar,
)
from partnerdesk.paper.chart import signed
from partnerdesk.paper.flow import flow_pages
from partnerdesk.paper.output import pages_of
from partnerdesk.paper.page import A4, LETTER, Page, Words

pytestmark = pytest.mark.usefixtures("qapp")
COLUMNS = (Column("Name", 0.3, voice="strong"), Column("What", 0.5), Column("ECTS", 0.2, "right"))


def document(*blocks: Block, landscape: bool = False) -> PrintDocument:
    return PrintDocument(
        "Who is abroad", "List · 24 Nov 2026", Letterhead("Northbridge University", "International office"),
        Head("Who is abroad"), blocks, "24 Nov 2026", flows=True, landscape=landscape)


def table(names: list[str], total: bool = False) -> Table:
    rows = tuple((Cell(name), Cell(f"about {name} " * (1 + n % 5)), Cell(str(n))) for n, name in enumerate(names))
    return Table("Stays", COLUMNS, rows, empty="Nobody",
                 total=(Cell("All together"), Cell(""), Cell(str(len(names)))) if total else ())


def said(pages: list[Page]) -> list[str]:
    return [item.text for page in pages for item in page.items if isinstance(item, Words)]


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 150), st.booleans(), st.sampled_from([A4, LETTER]))
def test_that_every_row_is_printed_once_in_order_under_a_head_on_each_page(
    count: int, landscape: bool, paper: object
) -> None:
    names = [f"P{n:03}" for n in range(count)]
    pages = pages_of(document(table(names, total=True), landscape=landscape), paper)  # type: ignore[arg-type]
    words = said(pages)
    assert [word for word in words if word[:1] == "P" and word[1:].isdigit() and len(word) == 4] == names
    assert words.count("ECTS") == sum("P" in {w[:1] for w in said([page]) if w[1:4].isdigit()} or
                                      "All together" in said([page]) for page in pages)
    assert words.count("All together") == 1
    assert [word for word in words if word.startswith("Page ")] == [
        f"Page {n} of {len(pages)}" for n in range(1, len(pages) + 1)]


@pytest.mark.parametrize("landscape", [False, True])
def test_that_nothing_lies_beyond_the_margins(landscape: bool) -> None:
    blocks = (
        FactList("Facts", tuple(Fact(f"Label {n}", "a long value that goes on and on " * 6) for n in range(9))),
        BalanceChart("Balance", (YearBar("2025/26", 4, 7, -3), YearBar("2026/27", 9, 0, 6, True)), "Sent", "Received"),
        table([f"P{n}" for n in range(70)]), Prose(("word " * 900, "end"), "Words"),
        Signatures((Fact("Student", ""), Fact("Home", "Marta Ilves"))), Remarks("Remarks"))
    pages = pages_of(document(*blocks, landscape=landscape))
    assert len(pages) > 3
    for page in pages:
        assert page.paper.landscape is landscape
        for item in page.items:
            left, top, right, bottom = item.box()
            assert left >= page.paper.side - 1 and right <= page.paper.width - page.paper.side + 1
            assert top >= page.paper.top - 3 and bottom <= page.paper.height - page.paper.foot + 1


def test_that_long_cells_are_broken_and_not_cut() -> None:
    words = " ".join(f"word{n}" for n in range(30))
    rows = ((Cell("Anna"), Cell(words), Cell("6")),)
    printed = " ".join(said(flow_pages(document(Table("Courses", COLUMNS, rows)))))
    assert all(word in printed for word in words.split())


def test_that_an_empty_list_says_so() -> None:
    assert "Nobody" in said(flow_pages(document(table([]))))


def test_that_a_balance_says_its_sign_with_a_true_minus() -> None:
    assert [signed(n) for n in (4, -11, 0, 2.5)] == ["+4", "−11", "0", "+2.5"]


def places_of(pages: list[Page], text: str) -> set[float]:
    """How far from the left a text stands, wherever it stands."""
    return {item.x for page in pages for item in page.items if isinstance(item, Words) and item.text == text}


def test_that_tables_with_the_same_columns_stand_below_each_other() -> None:
    short, long = table(["Lee"]), table([f"Wolfeschlegelsteinhausen {n}" for n in range(9)])
    assert len(places_of(pages_of(document(short, long)), "What")) == 1


def test_that_no_word_and_no_day_is_broken_while_other_columns_have_room() -> None:
    columns = (Column("Name", 0.55), Column("Phase", 0.05), Column("Until", 0.06), Column("Signature", 0.34))
    rows = tuple((Cell("words and more words " * 12), Cell("Angenommen"), Cell("16 janv. 2027"), Cell(""))
                 for _ in range(400))
    pages = pages_of(document(Table("Members", columns, rows)))
    words = said(pages)
    assert words.count("Angenommen") == words.count("16 janv. 2027") == 400
    (signed_at,) = places_of(pages, "Signature")
    assert pages[0].paper.width - signed_at > 0.3 * pages[0].paper.width


def test_that_one_endless_word_leaves_the_other_columns_their_room() -> None:
    days = "1 Sep 2021 – 16 Jan 2022"
    columns = (Column("Name", 0.2), Column("What", 0.6), Column("Dates", 0.2))
    rows = tuple((Cell(name), Cell("words and more words " * 9), Cell(days)) for name in ("Lee", "Wolfe" * 60))
    words = said(pages_of(document(Table("Members", columns, rows))))
    assert sum(line.startswith("1 Sep 2021") for line in words) == 2


def test_that_names_of_every_script_are_printed_whole() -> None:
    names = ["李文晴", "محمد عبد الله", "Ἀλέξανδρος", "Nguyễn Thị Ánh", "田中さくら", "김민준", "Ольга Іваненко"]
    words = said(pages_of(document(table(names), table([]))))
    assert [word for word in words if word in names] == names
    assert "Nobody" in words
