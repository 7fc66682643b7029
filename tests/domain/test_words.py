"""Counted words are said by their number, and values filled in after the translation."""

import pytest

from partnerdesk.domain.words import Text, counted, text


@pytest.mark.parametrize(("n", "said"), [(0, "0 rows of a"), (1, "1 row of a"), (2, "2 rows of a")])
def test_that_one_is_counted_as_one(n: int, said: str) -> None:
    assert str(counted(n, "1 row of {name}", "{n} rows of {name}", name="a")) == said


def test_that_a_text_within_a_text_is_translated_too() -> None:
    words = {"{n} rows": "{n} Zeilen", "Wrote {what}.": "{what} geschrieben."}
    assert text("Wrote {what}.", what=Text("{n} rows", {"n": 3})).said(words.__getitem__) == "3 Zeilen geschrieben."
