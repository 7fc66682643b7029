"""The rates of a table of grants as a grid: what each column means for each kind of rate."""

import pytest

from partnerdesk.domain.grants import GrantRate
from partnerdesk.look.cells import Number, Soft
from partnerdesk.models.grant_rates import RatesModel, key_words

TRAVEL = GrantRate(id=1, kind="travel", low=10, high=99, amount=28.0, green=56.0)
TOP_UP = GrantRate(id=2, kind="top-up-month", key="fewer-opportunities", amount=250.0)
COUNTRY = GrantRate(id=3, kind="country", key="NO", region="1")


@pytest.fixture
def model(qapp):
    made = RatesModel()
    made.become([TRAVEL, TOP_UP, COUNTRY], False)
    return made


def test_that_rates_are_shown_in_words_and_figures(model):
    assert [model.words_of(TRAVEL, c.key) for c in model.columns] == [
        "Travel by distance", "", "", "10", "99", "28.00", "56.00"]
    assert [model.words_of(TOP_UP, c.key) for c in model.columns][:2] == ["Top-up per month", "Fewer opportunities"]
    assert (key_words("NO"), model.words_of(COUNTRY, "region")) == ("Norway", "1")
    assert (model.cell_of(TRAVEL, "region"), model.cell_of(TRAVEL, "low")) == (Soft("All"), Number("10"))


def test_that_what_is_written_is_read_back(model):
    for rate in (TRAVEL, TOP_UP, COUNTRY):
        for column in model.columns:
            written = model.typed_words(rate, column.key)
            assert model.read_cell(rate, column.key, written) == {column.key: getattr(rate, column.key)}
    assert model.read_cell(TRAVEL, "amount", "1,188.50") == {"amount": 1188.5}
    assert model.read_cell(TRAVEL, "green", "28,5") == {"green": 28.5}
    assert model.read_cell(TRAVEL, "high", "") == {"high": None}
    assert model.read_cell(COUNTRY, "key", "Norwegen") == {"key": "NO"}
    assert model.read_cell(TOP_UP, "key", "traineeship") == {"key": "traineeship"}


def test_that_a_column_is_open_only_where_it_means_something(model):
    closed = {rate.kind: [c.key for c in model.columns if not model.open_cell(rate, c.key)]
              for rate in (TRAVEL, TOP_UP, COUNTRY)}
    assert closed == {"travel": ["key"], "top-up-month": ["low", "high", "green"],
                      "country": ["low", "high", "amount", "green"]}
