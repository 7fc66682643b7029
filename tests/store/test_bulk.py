"""Many rows at once are stored and noted in the journal as the same rows one by one."""

import dataclasses
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.partners import Identifier, Institution
from partnerdesk.store import bulk
from partnerdesk.store.codec import dump_row, encode

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
_FIELDS = st.fixed_dictionaries({}, optional={
    "name": _TEXT, "city": _TEXT, "is_home": st.booleans(), "latitude": st.none() | st.floats(-90, 90),
    "founded": st.none() | st.integers(1000, 2100), "tags": st.lists(_TEXT, max_size=2).map(tuple),
    "verified_on": st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
})  # fmt: skip


def rows_of(batch: bulk.Batch) -> list[dict[str, Any]]:
    names = [field.name for field in dataclasses.fields(Institution)]
    return [dict(zip(names, row, strict=True)) for row in zip(*(batch.column(name) for name in names), strict=True)]


@given(st.lists(_FIELDS, min_size=1, max_size=4))
def test_that_columns_hold_and_tell_what_single_rows_do(fields: list[dict[str, Any]]) -> None:
    records = [Institution(**one) for one in fields]
    alone = [encode(record) for record in records]
    for batch in (bulk.of_records(records), bulk.of_values(Institution, fields)):
        assert rows_of(batch) == alone
        assert bulk.told(Institution, batch) == [dump_row(Institution, row) for row in alone]


def test_that_a_field_nobody_knows_is_refused() -> None:
    with pytest.raises(AttributeError):
        bulk.of_values(Identifier, [{"colour": "red"}])


def test_that_quotes_and_emptiness_pass_through_the_statement_unharmed() -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a, b, c, d)")
    fixed = {"a": "O'Neill \"x\"; --", "b": None, "c": 1.5, "d": "é" * 300}
    bulk.insert(connection, "t", bulk.Batch(2, fixed))
    assert connection.execute("SELECT * FROM t").fetchall() == [tuple(fixed.values())] * 2
    connection.close()
