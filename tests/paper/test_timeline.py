"""The timeline on paper: as many A3 pages as it needs, drawings without pictures in them, pictures not too large."""

import re
import subprocess
from datetime import date

import pytest
from PySide6.QtGui import QImage

from partnerdesk.domain.problems import Cancelled, Refused
from partnerdesk.look.timeline import Bar, Chart, Link
from partnerdesk.look.timeline_head import HeadWords
from partnerdesk.paper.timeline import SheetWords, Stretch, stretch_of, timeline_pdf, timeline_png, timeline_svg

TODAY = date(2026, 3, 2).toordinal()
HEAD = HeadWords("Project, work package, task", "Due")
WORDS = SheetWords("Portfolio", "2 Mar 2026", "Page {n} of {total}", "Done", "Planned", "Late", "Milestone", "Met",
                   "Deliverable", "Decides the end", "Days once agreed")
pytestmark = pytest.mark.usefixtures("qapp")


def chart(projects, tasks=9):
    rows, links = [], []
    for n in range(projects):
        at = TODAY + n * 20
        rows.append(Bar(("project", n), "project", f"PROJECT{n}", first=at, last=at + 200, open=True))
        for m in range(tasks):
            if m:
                links.append(Link(len(links) + 1, len(rows) - 1, len(rows)))
            rows.append(Bar(("task", n * tasks + m), "task", f"Task {n}.{m}", level=1, first=at + m * 20,
                            last=at + m * 20 + 19, done=0.5, words="50 %", due="31 May", owner="Ada Berg", late=m == 1))
    return Chart.of(rows, links, TODAY)


def pdf_facts(data, tmp_path):
    path = tmp_path / "timeline.pdf"
    path.write_bytes(data)
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    words = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return dict(line.split(":", 1) for line in told.splitlines() if ":" in line), words


def test_that_a_portfolio_takes_the_a3_pages_it_needs_and_every_row_is_on_one(tmp_path):
    facts, words = pdf_facts(timeline_pdf(chart(12), HEAD, WORDS), tmp_path)
    assert int(facts["Pages"]) == 4
    wide, high = map(float, re.findall(r"[\d.]+", facts["Page size"])[:2])
    assert (round(wide), round(high)) == (1191, 842)
    assert all(f"Task {n}.{m}" in words for n in range(12) for m in range(9))
    assert "Page 4 of 4" in words and "Days once agreed" in words
    for page in words.split("\f"):
        rows = [line for line in page.splitlines() if "PROJECT" in line or "Task" in line]
        assert not rows or "PROJECT" not in rows[-1] or page is words.split("\f")[-1]


def test_that_an_empty_timeline_is_one_page(tmp_path):
    facts, _ = pdf_facts(timeline_pdf(Chart.of((), (), TODAY), HEAD, WORDS), tmp_path)
    assert int(facts["Pages"]) == 1


def test_that_printing_can_be_cancelled_between_pages():
    def progress(done, total):
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        timeline_pdf(chart(12), HEAD, WORDS, progress=progress)


def test_that_a_drawing_holds_strokes_and_words_and_no_picture():
    data = timeline_svg(chart(2), HEAD, SheetWords("A < B & C"), 1.3).decode()
    assert "<image" not in data and "Task 1.8" in data
    assert "A &lt; B &amp; C" in data


def test_that_a_picture_is_as_wide_as_its_days_and_one_too_large_is_refused():
    small = QImage.fromData(timeline_png(chart(1), HEAD, WORDS, 1.0))
    large = QImage.fromData(timeline_png(chart(1), HEAD, WORDS, 3.0))
    assert not small.isNull() and large.width() > small.width() and small.height() == large.height()
    with pytest.raises(Refused):
        timeline_png(chart(300), HEAD, WORDS, 1.0)


def test_that_what_goes_on_for_ever_does_not_make_everything_else_a_dot():
    forever = Bar(("agreement", 1), "agreement", "MoU", first=TODAY, last=date.max.toordinal())
    stretch = stretch_of(Chart.of((forever,), (), TODAY))
    assert stretch.after < TODAY + 366
    assert stretch_of(chart(1)) == stretch_of(chart(1))
    assert isinstance(stretch, Stretch)
