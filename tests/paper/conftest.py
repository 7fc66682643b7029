"""Documents to print, made by hand."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from partnerdesk.domain.documents import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Contact,
    Coverage,
    Fact,
    Head,
    Lane,
    Letterhead,
    Mark,
    Marks,
    Pair,
    People,
    PrintDocument,
    Remarks,
    Stretch,
    Table,
)

FORMS = {
    "STUDENTS": "Student exchange",
    "STAFF": "Faculty exchange",
    "RESEARCH": "Joint research",
    "CURRICULUM": "Curriculum",
    "PRACTICE": "Best practice, none",
}
COLUMNS = (
    Column("Kind", 0.258, "left", "strong"),
    Column("Number", 0.14, "left", "quiet"),
    Column("Years", 0.252),
    Column("State", 0.2),
    Column("Last notice day", 0.15, "right"),
)
YEARS = ("2023/24", "2024/25", "2025/26", "2026/27")
Maker = Callable[..., PrintDocument]


def agreement_row(number: int) -> tuple[Cell, ...]:
    """One row of the table of agreements."""
    return (
        Cell("Student exchange"),
        Cell(f"2026-{number:03}"),
        Cell("2021/22 – 2026/27"),
        Cell("Notice due", "NOTICE"),
        Cell("1 Sep 2026"),
    )


def summary(
    agreements: int = 4, contacts: int = 3, places: int = 8, lanes: int = 4, name: str = "Tsinghua University"
) -> PrintDocument:
    """A partnership summary with so many of each."""
    blocks: list[Block] = [
        Marks(tuple(Mark(icon, word, icon != "PRACTICE") for icon, word in FORMS.items())),
        Table(
            "Agreements",
            COLUMNS,
            tuple(agreement_row(number) for number in range(agreements)),
            "state on 16 July 2026",
            "No agreement yet",
        ),
    ]
    bars = Bars(
        "Places",
        tuple(Bar("Out" if n < places / 2 else "In", YEARS[n % 4], n + 1, f"{n + 1}", "agreed") for n in range(places)),
    )
    people = People(
        "Contacts", tuple(Contact(f"Contact {n}", f"c{n}@example.edu", "incoming") for n in range(contacts))
    )
    if places and contacts:
        blocks.append(Pair(bars, people))
    elif places or contacts:
        blocks.append(bars if places else people)
    if lanes:
        lane = Lane("Student exchange", (Stretch(0, 2.5), Stretch(2.5, 3, "gap"), Stretch(3, 4, "draft")), (2.0,))
        blocks.append(Coverage("Coverage", YEARS, (lane,) * lanes, 2.9, "gap", "mark: last notice day"))
    return PrintDocument(
        title=f"{name} – Partnership summary",
        kind="Partnership summary · 16 July 2026",
        letterhead=Letterhead("Northbridge University", "International Office"),
        head=Head(
            name,
            "清华大学",
            "zh-Hans",
            ("Beijing, China · partner since 2008", "Ten exchange places a year in engineering."),
            (Fact("ROR", "03cve4549"), Fact("SCHAC", "tsinghua.edu.cn"), Fact("Responsible", "Marta Ilves")),
        ),
        blocks=(*blocks, Remarks("Remarks")),
        foot="Data as of 16 Jul 2026, 10:42",
    )


@pytest.fixture
def make(qapp: QApplication) -> Maker:
    """Makes a summary; the fonts of the page need a running Qt."""
    return summary


@pytest.fixture
def renamed(qapp: QApplication) -> Maker:
    """Makes a summary of a partner with a name and a second name."""

    def made(name: str, second: str = "", script: str = "") -> PrintDocument:
        document = summary()
        return replace(document, head=replace(document.head, name=name, second_name=second, script=script))

    return made
