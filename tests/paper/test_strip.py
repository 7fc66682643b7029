"""A plan in time on paper: bars and points where their shares say, within the strip."""

import pytest

from partnerdesk.domain.documents import Head, Letterhead, PrintDocument, Strip, StripLane, StripPoint
from partnerdesk.paper.onepage import one_page
from partnerdesk.paper.page import A4, Fill, Frame, Page, Sign, Words

pytestmark = pytest.mark.usefixtures("qapp")


def page(lanes: int, today: float | None = 0.5) -> Page:
    strip = Strip("Timeline", ((0.0, "2026"), (0.5, "Jul"), (0.505, "too near"), (0.999, "2027")), tuple(
        StripLane(f"Package {n}", 0.25, 0.75, 0.5, (StripPoint(1.0, "MILESTONE"),), str(n)) for n in range(lanes)),
        today)
    return one_page(PrintDocument("Report", "Report", Letterhead("Office"), Head("OPTIC"), (strip,), "foot"))


def test_that_a_bar_is_outlined_from_first_to_last_day_and_filled_as_far_as_it_is_done() -> None:
    items = page(1).items
    (frame,) = [one for one in items if isinstance(one, Frame)]
    done = next(one for one in items if isinstance(one, Fill) and one.role == "accent" and one.height == frame.height)
    assert done.x == frame.x
    assert done.width == pytest.approx(frame.width / 2)
    today = next(one for one in items if isinstance(one, Fill) and one.role == "accent" and one.height > 10)
    assert today.x + today.width / 2 == pytest.approx(frame.x + frame.width / 2)


def test_that_a_point_on_the_last_day_and_every_word_lie_on_the_page_and_words_do_not_touch() -> None:
    items = page(3).items
    assert all(one.box()[2] <= A4.width - A4.side + 0.01 for one in items if isinstance(one, Sign))
    said = [one.text for one in items if isinstance(one, Words)]
    assert {"2026", "Jul", "Package 2"} <= set(said) and not {"too near", "2027"} & set(said)


def test_that_lanes_beyond_the_page_are_counted() -> None:
    said = [one.text for one in page(90).items if isinstance(one, Words)]
    shown = sum(word.startswith("Package") for word in said)
    assert f"+ {90 - shown} more" in said
    assert all(one.box()[3] <= A4.height for one in page(90).items if isinstance(one, Frame))
