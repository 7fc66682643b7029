"""A field that a column of a spreadsheet can fill, and the words by which offices head such a column."""

from dataclasses import dataclass

from partnerdesk.domain.text import fold


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column can fill: `key` is "kind.field", `reads` says how its cells are read."""

    key: str
    label: str
    reads: str
    words: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The part of a row it belongs to: partner, code, contact, agreement, places, person, study, call or stay."""
        return self.key.partition(".")[0]

    @property
    def field(self) -> str:
        """The field within its kind."""
        return self.key.partition(".")[2]


def target(key: str, label: str, reads: str, words: str) -> Target:
    """A target whose header words are parted by | and kept folded."""
    return Target(key, label, reads, tuple(fold(word) for word in words.split("|")))
