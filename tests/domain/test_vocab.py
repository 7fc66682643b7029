"""The short lists of codes."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain import vocab_agreements, vocab_partners, vocab_projects, vocab_stays
from partnerdesk.domain.agreements import STATES
from partnerdesk.domain.text import fold
from partnerdesk.domain.vocab import Vocabulary, label_of, read_term, short_of, vocabularies, vocabulary
from partnerdesk.domain.vocab_agreements import CEFR
from partnerdesk.domain.vocab_words import WORDS


@pytest.mark.parametrize("each", vocabularies().values(), ids=vocabularies().keys())
def test_that_codes_and_words_are_unique_within_a_vocabulary(each: Vocabulary) -> None:
    assert len(set(each.codes)) == len(each)
    assert len({term.label for term in each}) == len(each)
    for place, term in enumerate(each):
        assert term.code in each
        assert each.rank(term.code) == place
        assert term.label and term.label == term.label.strip()
        assert not term.label.endswith((".", "!"))
        assert each.term(term.code) is term
    assert each.rank("unheard of") == len(each)


def test_that_every_word_is_marked_for_translation() -> None:
    rooms = (vocab_partners, vocab_agreements, vocab_stays, vocab_projects)
    source = "".join(Path(str(room.__file__)).read_text(encoding="utf-8") for room in rooms)
    marked = set(re.findall(r'QT_TRANSLATE_NOOP\(\s*"PartnerDesk",\s*"([^"]+)"', source))
    said = {word for each in vocabularies().values() for term in each for word in (term.label, term.short) if word}
    assert said == marked


def test_that_the_five_forms_of_cooperation_come_first() -> None:
    assert vocabulary("cooperation_form").codes == (
        "student_exchange",
        "faculty_exchange",
        "joint_research",
        "curriculum_development",
        "best_practice",
        "other",
    )


def test_that_every_derived_state_has_a_word_in_the_same_order() -> None:
    assert vocabulary("state").codes == tuple(str(state) for state in STATES)
    assert all(term.icon for term in vocabulary("state"))


def test_that_language_levels_rise() -> None:
    assert sorted(["C1", "NS", "A2", "B1"], key=CEFR.rank) == ["A2", "B1", "C1", "NS"]


def test_that_a_code_is_said_in_words_and_an_unknown_one_as_it_stands() -> None:
    assert str(label_of("agreement_type", "mou")) == "Memorandum of understanding"
    assert str(label_of("agreement_type", "odd {code}")) == "odd {code}"
    assert str(short_of("level", "6")) == "Bachelor"
    assert str(short_of("side", "our")) == "Our side"
    with pytest.raises(KeyError):
        label_of("no such list", "x")


@pytest.mark.parametrize("each", vocabularies().values(), ids=vocabularies().keys())
def test_that_words_and_codes_are_read_back(each: Vocabulary) -> None:
    for term in each:
        assert read_term(each.name, term.label) == term.code
        if each.name != "level":
            assert read_term(each.name, term.code) == term.code


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("direction", "Outgoing", "out"), ("direction", "wyjazdy", "out"), ("direction", "entrants", "in"),
        ("direction", "beide", None), ("activity", "SMS", "student-studies"),
        ("activity", "Praktikum", "student-traineeship"), ("activity", "STA", "staff-teacher"),
        ("activity", "staff training", "staff-training"),
        ("agreement_type", "Erasmus+", "erasmus_iia"), ("agreement_type", "Doble titulación", "double_degree"),
        ("agreement_type", "Umowa ramowa", "mou"), ("agreement_type", "Co-tutelle", "cotutelle"),
        ("level", "1st cycle", "6"), ("level", "3", "8"), ("level", "Ph.D.", "8"), ("level", "Master", "7"),
        ("level", "4", "4"), ("level", "postdoc", None), ("programme", "ERASMUS+", "erasmus-ka131"),
        ("cefr", "b2", "B2"), ("cefr", "Native", "NS"), ("tier", "1", "1"), ("stage", "", None),
    ],
)  # fmt: skip
def test_that_words_of_spreadsheets_are_understood(name: str, written: str, code: str | None) -> None:
    assert read_term(name, written) == code


def test_that_no_spreadsheet_word_means_two_things() -> None:
    for name, words in WORDS.items():
        seen: dict[str, str] = {}
        for code, spellings in words.items():
            assert code in vocabulary(name)
            for spelling in spellings.split("|"):
                assert seen.setdefault(fold(spelling), code) == code, spelling


@given(st.sampled_from(sorted(vocabularies())), st.text(max_size=20))
def test_that_any_word_gives_a_known_code_or_nothing(name: str, written: str) -> None:
    code = read_term(name, written)
    assert code is None or code in vocabulary(name)
