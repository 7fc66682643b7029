"""The search line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.query import OPERATORS, Query, Word, chip_text, parse, turned

KEYS = ("country", "ends", "tier", "state", "name-original")


def test_that_the_line_of_the_manual_is_understood() -> None:
    query = parse('country:FR ends<90d "joint research" -ended tier:1,2 state:expired zürich', KEYS)
    assert query.filters == (
        Filter("country", ":", ("FR",)),
        Filter("ends", "<", ("90d",)),
        Filter("tier", ":", ("1", "2")),
        Filter("state", ":", ("expired",)),
    )
    assert query.words == ("joint research", "zürich")
    assert query.phrases == ("joint research",)
    assert query.without == ("ended",)
    assert query.listing("name", descending=True) == ListQuery(
        query.words, query.without, query.filters, "name", descending=True
    )


@pytest.mark.parametrize(
    ("line", "chips"),
    [
        ("-country:FR", (Filter("country", ":", ("FR",), negated=True),)),
        ("Country:fr", (Filter("country", ":", ("fr",)),)),
        ("country=FR", (Filter("country", ":", ("FR",)),)),
        ("ends>=2027-01-01", (Filter("ends", ">=", ("2027-01-01",)),)),
        ('country:"New Zealand",FR', (Filter("country", ":", ("New Zealand", "FR")),)),
        ("name-original:x", (Filter("name-original", ":", ("x",)),)),
        ("country:-", (Filter("country", ":", ("-",)),)),
        ('-"joint research"', (Word("joint research", phrase=True, negated=True),)),
        ('"country:FR"', (Word("country:FR", phrase=True),)),
        ('"Oslo"', (Word("Oslo"),)),
        ("http://x.org", (Word("http://x.org"),)),
        ("Aix-Marseille", (Word("Aix-Marseille"),)),
        ("unknown:key", (Word("unknown:key"),)),
        ("−ended", (Word("ended", negated=True),)),
        ('"open quote', (Word("open quote", phrase=True),)),
        ("country:", ()),
        ("country:,", ()),
        ("-", ()),
        ("--oslo", (Word("oslo", negated=True),)),
        ('ends<"=x"', (Filter("ends", "<", ("=x",)),)),
        ("--", ()),
        ('""', ()),
        ("", ()),
        ("\u3000 Oslo\xa0", (Word("Oslo"),)),
    ],
)
def test_that_each_piece_of_a_line_is_understood(line: str, chips: tuple[Word | Filter, ...]) -> None:
    assert parse(line, KEYS).chips == chips


LINES = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ["country:FR", "-", '"', "ends<90d", " ", "tier:1,2", "a b", "zürich", ":", "<=", ",", "−", "\n", "x:y", "="]
    ),
    max_size=12,
).map("".join)


@given(LINES)
def test_that_what_is_written_is_read_again(line: str) -> None:
    query = parse(line, KEYS)
    assert parse(str(query), KEYS) == query


@given(LINES)
def test_that_every_chip_can_be_written_alone(line: str) -> None:
    for chip in parse(line, KEYS).chips:
        assert parse(chip_text(chip), KEYS).chips == (chip,)
        assert parse(chip_text(turned(chip)), KEYS).chips == (turned(chip),)


VALUES = st.from_regex(r"[A-Za-z0-9é<>=:-]{1,6}( [a-z]{1,4})?", fullmatch=True)


@given(
    st.lists(
        st.builds(
            Filter,
            st.sampled_from(KEYS),
            st.sampled_from(OPERATORS),
            st.lists(VALUES, min_size=1, max_size=3).map(tuple),
            st.booleans(),
        ),
        max_size=4,
    )
)
def test_that_filters_made_by_hand_survive_being_written(filters: list[Filter]) -> None:
    query = Query(tuple(filters))
    assert parse(str(query), KEYS) == query


def test_that_chips_are_added_replaced_and_taken_away() -> None:
    query = parse("country:FR oslo", KEYS)
    other = query.plus(Filter("country", ":", ("DE", "AT")))
    assert str(other) == "oslo country:DE,AT"
    assert str(other.less(Word("oslo"))) == "country:DE,AT"
    assert str(query.plus(Word("oslo"))) == "country:FR oslo"
    assert str(query.plus(turned(query.filters[0]))) == "country:FR oslo -country:FR"
    assert not parse(" ", KEYS)
    assert query
