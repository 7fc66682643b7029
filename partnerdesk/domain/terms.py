"""What a short list of codes is: terms in order, each with its word."""

from collections.abc import Iterator
from dataclasses import dataclass

from partnerdesk.domain.words import Text


@dataclass(frozen=True, slots=True)
class Term:
    """One code with its word (`label`), a shorter one for tight places, and the meaning of its icon if any."""

    code: str
    label: str
    short: str = ""
    icon: str = ""

    @property
    def text(self) -> Text:
        """The word, to be translated."""
        return Text(self.label)

    @property
    def short_text(self) -> Text:
        """The shorter word where there is one, to be translated."""
        return Text(self.short or self.label)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An ordered list of terms that a field chooses from; `name` is its key, `purpose` says what it is."""

    name: str
    purpose: str
    terms: tuple[Term, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in order."""
        return tuple(term.code for term in self.terms)

    def term(self, code: str) -> Term | None:
        """The term with that code."""
        return next((term for term in self.terms if term.code == code), None)

    def rank(self, code: str) -> int:
        """The place of a code in the order; unknown ones come last."""
        return self.codes.index(code) if code in self.codes else len(self.terms)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, code: object) -> bool:
        return any(term.code == code for term in self.terms)
