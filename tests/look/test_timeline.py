"""A timeline: what lies where, what is taken hold of, how it looks, and that what is out of sight costs nothing."""

import threading
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from partnerdesk.look import timeline_words, tokens
from partnerdesk.look.icons import mirror
from partnerdesk.look.timeaxis import TimeAxis
from partnerdesk.look.timeline import GRAB, LANE, Bar, Chart, Link, LinkTree, Scene, Section, reach_of
from partnerdesk.look.timeline_head import HEAD, HeadWords, paint_head, paint_names
from partnerdesk.look.timeline_paint import Marks, paint_lanes

START = date(2026, 1, 1).toordinal()
TODAY = START + 60
WIDE = 600


def task(row, first, last, **more):
    return Bar(("task", row), "task", f"Task {row}", first=START + first, last=START + last, **more)


def scene(*rows, links=(), per_day=4.0, unit=1.0):
    return Scene(Chart.of(rows, links, TODAY), TimeAxis(START, per_day, unit))


def drawn(shown, theme=None, marks=None, top=0.0, high=200, mirrored=False):
    image = QImage(WIDE, high, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    if mirrored:
        mirror(painter, QRectF(0, 0, WIDE, high), Qt.LayoutDirection.RightToLeft)
    paint_lanes(painter, QRectF(0, 0, WIDE, high), shown, top, marks, theme or tokens.light())
    painter.end()
    return image


def colour(image, x, row=0):
    return image.pixelColor(round(x), round((row + 0.5) * LANE)).name()


def test_that_the_done_part_of_a_bar_is_accent_and_the_rest_lighter(qapp):
    image = drawn(scene(task(0, 10, 29, done=0.5)))
    accent = tokens.light().accent.name()
    assert colour(image, 45) == accent
    assert colour(image, 75) == accent
    assert colour(image, 85) not in (accent, "#ffffff")
    assert colour(image, 125) == "#ffffff"


def test_that_a_one_day_task_can_be_seen_at_any_scale(qapp):
    assert colour(drawn(scene(task(0, 200, 200, done=1.0), per_day=0.05)), 11.5) == tokens.light().accent.name()
    day = drawn(scene(task(0, 3, 3, done=1.0), per_day=40.0))
    assert colour(day, 125) == colour(day, 155) == tokens.light().accent.name()
    assert colour(day, 165) == "#ffffff"


def test_that_today_is_a_line_through_every_row(qapp):
    image = drawn(scene(task(0, 0, 100), task(1, 0, 2)))
    x = (60 + 0.5) * 4
    assert {colour(image, x, row) for row in (0, 1, 4)} == {tokens.light().danger.fill.name()}


def test_that_lateness_is_a_stretch_to_today_with_words_and_icon(qapp):
    late, plain = task(0, 10, 40, late=19, words="19 days late", tone="danger"), task(0, 10, 40)
    ink = {drawn(scene(late)).pixelColor(x, y).name() for x in range(250, 370) for y in range(8, 24)}
    assert tokens.light().danger.text.name() in ink
    assert colour(drawn(scene(late)), 200) == tokens.light().danger.soft.name()
    assert colour(drawn(scene(plain)), 200) == "#ffffff"


def test_that_a_milestone_is_open_filled_when_met_and_red_when_late(qapp):
    t = tokens.light()

    def diamond(**more):
        return Bar(("milestone", 1), "milestone", "M1", first=START + 50, last=START + 50, **more)

    x = 50.5 * 4
    assert colour(drawn(scene(diamond())), x) == t.surface.name()
    assert colour(drawn(scene(diamond(met=True))), x) == t.text.name()
    assert colour(drawn(scene(diamond(late=10))), x) == t.danger.fill.name()
    assert colour(drawn(scene(diamond(late=10)), tokens.paper()), x) == "#ffffff"


def test_that_days_once_agreed_and_what_decides_the_end_are_lines_at_the_bar(qapp):
    bar = task(0, 20, 40, base=(START + 5, START + 25), critical=True)
    t = tokens.light()
    under, over = round(LANE / 2 + 8 + 3), round(LANE / 2 - 8 - 3)
    image = drawn(scene(bar))
    assert image.pixelColor(40, under).name() == t.control.name()
    assert image.pixelColor(120, over).name() == t.text.name()
    plain = drawn(scene(bar), marks=Marks(baseline=False, critical=False))
    assert plain.pixelColor(40, under).name() == "#ffffff"
    assert plain.pixelColor(120, over).name() != t.text.name()


def test_that_tasks_without_days_say_so_and_have_no_bar(qapp):
    shown = scene(Bar(("task", 1), "task", "Later", words="no dates", tone="muted"))
    assert shown.ends(0) is None
    ink = {drawn(shown).pixelColor(x, y).name() for x in range(245, 330) for y in range(6, 26)}
    assert tokens.light().muted.name() in ink


def test_that_a_bar_of_centuries_is_drawn_in_sight_only(qapp):
    forever = Bar(("agreement", 1), "agreement", "MoU", first=START - 90_000, last=date.max.toordinal())
    image = drawn(scene(forever, per_day=40.0))
    assert colour(image, 5) == colour(image, 300) != "#ffffff"


def test_that_the_picture_turns_round_where_writing_does(qapp):
    image = drawn(scene(task(0, 0, 20, done=1.0)), mirrored=True)
    assert colour(image, WIDE - 40) == tokens.light().accent.name()
    assert colour(image, 40) == "#ffffff"


def test_that_ends_have_grab_zones_of_eight_px_and_narrow_bars_have_them_outside():
    wide = scene(task(0, 10, 49))
    left, right = wide.ends(0)
    y = LANE / 2

    def zone(shown, part, y=LANE / 2):
        return [x for x in range(WIDE) if shown.hit(x, y) == (0, part)]

    for part in ("start", "end", "link"):
        assert len(zone(wide, part)) >= 8
    assert wide.hit((left + right) / 2, y).part == "body"
    narrow = scene(task(0, 10, 10), per_day=2.0)
    assert len(zone(narrow, "start")) >= 8 and len(zone(narrow, "end")) >= 8
    assert max(zone(narrow, "start")) < narrow.ends(0)[0] and min(zone(narrow, "end")) > narrow.ends(0)[1]
    assert narrow.hit(sum(narrow.ends(0)) / 2, y).part == "body"
    assert GRAB >= 8


def test_that_beside_above_and_below_a_bar_only_its_row_is_hit():
    shown = scene(task(0, 10, 49), task(1, 0, 3))
    assert shown.hit(500, 16) == (0, "row")
    assert shown.hit(100, 1) == (0, "row")
    assert shown.hit(100, 2 * LANE + 1) is None and shown.hit(100, -1) is None


ROWS = st.integers(0, 200)


@given(st.lists(st.tuples(ROWS, ROWS).filter(lambda pair: pair[0] != pair[1]), max_size=60), ROWS, ROWS)
def test_that_the_tree_gives_just_the_links_that_touch_a_stretch(pairs, one, other):
    first, last = sorted((one, other))
    links = [Link(n + 1, before, after) for n, (before, after) in enumerate(pairs)]
    wanted = {link.id for link in links if min(link.before, link.after) <= last
              and max(link.before, link.after) >= first}
    found = [link.id for link in LinkTree(links).between(first, last)]
    assert sorted(found) == sorted(wanted)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.data())
def test_that_links_of_sections_come_with_the_rows_of_the_whole(sizes, data):
    sections, wanted, start = [], [], 0
    for size in sizes:
        inner = [Link(len(wanted) + n + 1, n, n + 1) for n in range(size - 1)]
        wanted += [Link(link.id, link.before + start, link.after + start) for link in inner]
        sections.append(Section(start, LinkTree(inner)))
        start += size
    chart = Chart([task(n, n, n) for n in range(start)], TODAY, sections)
    first = data.draw(st.integers(0, start - 1))
    last = data.draw(st.integers(first, start - 1))
    assert sorted(chart.links()) == sorted(wanted)
    assert sorted(chart.links(first, last)) == sorted(
        link for link in wanted if link.before <= last and link.after >= first)


@given(st.sampled_from(("FS", "SS", "FF", "SF")), st.integers(0, 60), st.integers(0, 60), st.integers(0, 4),
       st.integers(0, 4))
def test_that_links_are_right_angled_and_end_at_the_bar(kind, one, other, before, after):
    if before == after:
        return
    rows = [task(row, 0, 9) for row in range(5)]
    rows[before], rows[after] = task(before, one, one + 12), task(after, other, other + 12)
    shown = scene(*rows, links=(Link(1, before, after, kind),))
    line = shown.path(next(shown.chart.links()))
    assert all(p.x() == q.x() or p.y() == q.y() for p, q in pairwise(line))
    tip, ends = line[-1], shown.ends(after)
    assert ends[0] - 0.01 <= tip.x() <= ends[1] + 0.01
    assert abs(tip.y() - shown.middle(after)) <= shown.half(after) + 0.01


def test_that_a_link_is_found_under_the_pointer_and_one_that_cannot_go_is_not():
    shown = scene(task(0, 0, 20), task(1, 40, 60), links=(Link(7, 0, 1),))
    corner = shown.path(next(shown.chart.links()))[1]
    assert shown.link_at(corner.x() + 2, corner.y()).id == 7
    assert shown.link_at(corner.x() + 40, corner.y() - 12) is None
    fixed = scene(task(0, 0, 20), task(1, 40, 60), links=(Link(0, 0, 1),))
    assert fixed.link_at(corner.x() + 2, corner.y()) is None


class CountedRows(list):
    """Rows that count how often one is looked at."""

    looked = 0

    def __getitem__(self, place):
        CountedRows.looked += 1
        return super().__getitem__(place)


def test_that_only_rows_in_sight_are_looked_at_when_painting(qapp):
    rows = CountedRows(task(n, n, n + 3) for n in range(5000))
    CountedRows.looked = 0
    shown = Scene(Chart(rows, TODAY, (Section(0, LinkTree([Link(n + 1, n, n + 1) for n in range(4999)])),)),
                  TimeAxis(START, 4.0))
    drawn(shown, top=2000 * LANE)
    assert 0 < CountedRows.looked < 300
    everything = drawn(shown, high=800, top=0)
    assert everything.height() == 800


def test_that_nothing_of_a_picture_made_in_another_thread_is_kept_for_the_window(qapp):
    timeline_words._kept.cache_clear()
    timeline_words._haloed.cache_clear()
    bar = task(0, 10, 20, words="a word of its own")
    worker = threading.Thread(target=lambda: drawn(scene(bar)))
    worker.start()
    worker.join()
    assert timeline_words._kept.cache_info().currsize == timeline_words._haloed.cache_info().currsize == 0
    drawn(scene(bar))
    assert timeline_words._haloed.cache_info().currsize == 1


def test_that_moved_rows_are_shown_where_they_would_lie():
    shown = scene(task(0, 0, 9), task(1, 20, 29))
    shown.moved = {1: (START + 50, START + 59)}
    assert shown.ends(1) == (200.0, 240.0)
    assert shown.ends(0) == (0.0, 40.0)


def test_that_the_reach_of_rows_leaves_out_what_has_no_days():
    assert reach_of([task(0, 3, 5), Bar(("task", 9), "task", "x"), task(1, 1, 2)]) == (START + 1, START + 5)
    assert reach_of([]) is None


@pytest.mark.parametrize("per_day", [40.0, 8.0, 1.357, 0.53, 0.16, 0.03])
@pytest.mark.parametrize("theme", [tokens.light, tokens.dark, tokens.paper])
def test_that_the_head_has_words_at_every_scale(qapp, per_day, theme):
    image = QImage(WIDE, round(HEAD), QImage.Format.Format_RGB32)
    t = theme()
    painter = QPainter(image)
    paint_head(painter, QRectF(0, 0, WIDE, HEAD), TimeAxis(START - 20, per_day), START, HeadWords(), t)
    painter.end()
    lower = {image.pixelColor(x, y).name() for x in range(WIDE) for y in range(32, 46)}
    assert t.muted.name() in lower or t.text.name() in lower


def test_that_a_name_that_has_no_room_ends_in_dots_and_hides_nothing_beside_it(qapp):
    bar = Bar(("task", 1), "task", "W" * 80, first=START, last=START + 3, due="31 May", owner="Ada Berg")
    image = QImage(344, 32, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_names(painter, QRectF(0, 0, 344, 32), scene(bar), 0, None, tokens.light())
    painter.end()
    due = {image.pixelColor(x, y).name() for x in range(265, 305) for y in range(9, 23)}
    assert tokens.light().muted.name() in due and tokens.light().text.name() not in due
