"""Which partner a row means when its spelling is not quite that of the office."""

import string

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from partnerdesk.domain.text import name_key
from partnerdesk.services.matching import Match, PartnerIndex

WORDS = st.sampled_from(["university", "college", "krakow", "lodz", "of", "art", "2", "science"])


def index_of(*names: str) -> PartnerIndex:
    """Partners 1, 2, … of Poland, without towns or codes."""
    index = PartnerIndex()
    for ref, name in enumerate(names, 1):
        index.add(ref, [name], "PL", "", ())
    return index


def test_that_a_name_with_a_slip_resembles_its_partner_and_no_other() -> None:
    index = index_of("Jagiellonian University", "University of Warsaw", "University of Wrocław")
    assert index.find(["Jagielonian University"], "PL", "", ()) == Match(1, False)
    assert index.find(["Universty of Wroclaw"], "PL", "", ()) == Match(3, False)
    assert index.find(["University of Gdańsk"], "PL", "", ()) is None
    assert index.find(["Jagielonian University"], "CZ", "", ()) is None


def test_that_other_numbers_short_words_or_beginnings_mean_somebody_else() -> None:
    index = index_of("Technical Secondary School 12 Poznań", "Academy of Fine Art Katowice")
    assert index.find(["Technical Secondary School 13 Poznań"], "PL", "", ()) is None
    assert index.find(["Academy of Fine Ark Katowice"], "PL", "", ()) is None
    assert index.find(["Academy of Fine Art Matowice"], "PL", "", ()) is None
    assert index.find(["Academy of Fine Art Katovice"], "PL", "", ()) == Match(2, False)


def test_that_the_likest_of_several_names_is_told() -> None:
    index = index_of("Medical Academy of Bialystokk", "Medical Academy of Białystok")
    assert index.find(["Medical Academyy of Białystok"], "PL", "", ()) == Match(2, False)


def test_that_a_town_elsewhere_or_another_code_tells_near_names_apart() -> None:
    index = PartnerIndex()
    index.add(1, ["Copernicus College"], "PL", "Toruń", [("pic", "999900001", "999900001")])
    assert index.find(["Copernicus Colege"], "PL", "Torun", ()) == Match(1, False)
    assert index.find(["Copernicus Colege"], "PL", "Gdynia", ()) is None
    assert index.find(["Copernicus Colege"], "PL", "", [("pic", "999900002", "999900002")]) is None


def test_that_a_spelling_asked_before_sees_the_partner_added_since() -> None:
    index = index_of("University of Warsaw")
    asked = (["Jagielonian University"], "PL", "", ())
    assert index.find(*asked) is None
    index.add(-1, ["Jagiellonian University"], "PL", "", ())
    assert index.find(*asked) == Match(-1, False)


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_that_no_slip_within_a_word_hides_a_partner(words: list[str], data: st.DataObject) -> None:
    """A letter after the first of a word exchanged: found whenever the spellings are like enough."""
    long = [place for place, word in enumerate(words) if len(word) >= 4]
    if not long:
        return
    place = data.draw(st.sampled_from(long))
    letter = data.draw(st.integers(1, len(words[place]) - 1))
    other = data.draw(st.sampled_from(string.ascii_lowercase))
    slipped = [*words]
    slipped[place] = words[place][:letter] + other + words[place][letter + 1 :]
    written, said = name_key(" ".join(words)), name_key(" ".join(slipped))
    before, after = sorted(set(written.split()) - set(said.split())), sorted(set(said.split()) - set(written.split()))
    if len(before) != 1 or len(after) != 1 or len(after[0]) < 4:
        return
    if fuzz.ratio(written, said) >= 90 and fuzz.ratio(before[0], after[0]) >= 80:
        assert index_of("Nobody Else", written).find([said], "PL", "", ()) == Match(2, False)
