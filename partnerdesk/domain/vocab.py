"""All short lists of codes by name, and the words for their codes, said and read."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from partnerdesk.domain.terms import Term, Vocabulary
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import Text

__all__ = ["Term", "Vocabulary", "label_of", "read_term", "short_of", "vocabularies", "vocabulary"]

# in the order in which they are looked through: the first window asks for lists of the first rooms only
_ROOMS = ("vocab_partners", "vocab_agreements", "vocab_stays", "vocab_projects")


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """All vocabularies by name."""
    return {name: each for room in _ROOMS for name, each in _room(room).items()}


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of that name; KeyError if there is none."""
    for room in _ROOMS:
        if name in _room(room):
            return _room(room)[name]
    raise KeyError(name)


def label_of(name: str, code: str) -> Text:
    """The word for a code of a vocabulary; the code itself where it is not known."""
    term = _by_code(name).get(code)
    return term.text if term else Text(code)


def short_of(name: str, code: str) -> Text:
    """The short word for a code of a vocabulary; the code itself where it is not known."""
    term = _by_code(name).get(code)
    return term.short_text if term else Text(code)


def read_term(name: str, written: str) -> str | None:
    """The code meant by a word of a spreadsheet, in English, German, French, Spanish or Polish; None if unsure.

    A level written 1, 2 or 3 means the cycle: bachelor, master, doctorate.
    """
    return _spellings(name).get(fold(written))


@cache
def _room(name: str) -> Mapping[str, Vocabulary]:
    room = import_module(f"partnerdesk.domain.{name}")
    return {each.name: each for each in vars(room).values() if isinstance(each, Vocabulary)}


@cache
def _by_code(name: str) -> dict[str, Term]:
    return {term.code: term for term in vocabulary(name)}


@cache
def _spellings(name: str) -> dict[str, str]:
    from partnerdesk.domain.vocab_words import WORDS

    spelled: dict[str, str] = {}
    for term in vocabulary(name):
        for spelling in (term.code, term.label, term.short):
            spelled.setdefault(fold(spelling), term.code)
    for code, words in WORDS.get(name, {}).items():
        spelled.update({fold(word): code for word in words.split("|")})
    spelled.pop("", None)
    return spelled
