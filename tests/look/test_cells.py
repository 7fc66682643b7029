"""Cells as text for clipboard and print."""

import pytest

from partnerdesk.look.cells import Balance, Chip, Coop, Meter, Number, Soft, TwoLine, plain, right_aligned


@pytest.mark.parametrize(
    "cell, words",
    [
        (None, ""),
        ("Czechia", "Czechia"),
        (TwoLine("Charles University", "Prague"), "Charles University"),
        (Soft("31 Aug 2028"), "31 Aug 2028"),
        (Chip("success", "In effect"), "In effect"),
        (Coop(frozenset({"staff", "students"})), "staff, students"),
        (Meter(6, 8), "6/8"),
        (Number("1,204"), "1,204"),
        (Balance(-11), "−11"),
    ],
)
def test_that_every_cell_can_be_read_as_text(cell, words):
    assert plain(cell) == words


def test_that_numbers_and_their_headers_stand_right():
    assert [right_aligned(c) for c in (Number("1"), Balance(1), Meter(1, 2))] == [True] * 3
    assert not any(right_aligned(c) for c in ("x", Soft("x"), TwoLine("x"), None))
