"""What a list is asked for: words to find, filters, an order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a list: `key` (country), `op` (: < > <= >=), its values, and whether it is turned round."""

    key: str
    op: str = ":"
    values: tuple[str, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The whole question: words and phrases that must be there, words that must not, filters and order."""

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    descending: bool = False
