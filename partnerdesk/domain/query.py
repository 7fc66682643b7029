"""The search line: `country:FR ends<90d "joint research" -ended zürich`, read into terms and written back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from partnerdesk.domain.listing import Filter, ListQuery

OPERATORS = ("<=", ">=", "<", ">", ":")
_LONGEST = 500

_TOKEN = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')
_FILTER = re.compile(r"(?P<key>[^\W\d_][\w-]*)(?P<op><=|>=|<|>|:|=)(?P<rest>.*)", re.DOTALL)
_VALUE = re.compile(r'"[^"]*(?:"|$)|[^,"]+|,')
_PLAIN_VALUE = re.compile(r'[^\s",=][^\s",]*')


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase that has to be found, or must not be (`negated`)."""

    text: str
    phrase: bool = False
    negated: bool = False


Chip = Word | Filter


@dataclass(frozen=True, slots=True)
class Query:
    """A search line taken apart; the chips stand in the order in which they were written.

    `str(query)` reads back into the same query.
    """

    chips: tuple[Chip, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Words and phrases that have to be found."""
        return tuple(chip.text for chip in self.chips if isinstance(chip, Word) and not chip.negated)

    @property
    def without(self) -> tuple[str, ...]:
        """Words and phrases that must not be found."""
        return tuple(chip.text for chip in self.chips if isinstance(chip, Word) and chip.negated)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Of the words to be found those that are phrases: their parts belong together."""
        return tuple(c.text for c in self.chips if isinstance(c, Word) and c.phrase and not c.negated)

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters, turned-round ones too."""
        return tuple(chip for chip in self.chips if isinstance(chip, Filter))

    def listing(self, sort: str = "", descending: bool = False) -> ListQuery:
        """The question that a list is asked, with an order."""
        return ListQuery(self.words, self.without, self.filters, sort, descending)

    def plus(self, chip: Chip) -> "Query":
        """With one more chip; a filter replaces those of the same key, operator and sense."""
        kept = tuple(old for old in self.chips if not _same_question(old, chip))
        return Query((*kept, chip))

    def less(self, chip: Chip) -> "Query":
        """Without a chip."""
        return Query(tuple(old for old in self.chips if old != chip))

    def __str__(self) -> str:
        return " ".join(chip_text(chip) for chip in self.chips)

    def __bool__(self) -> bool:
        return bool(self.chips)


def parse(line: str, keys: Iterable[str]) -> Query:
    """A search line taken apart; `keys` are those that filters may have, any other key makes a plain word.

    Never fails: an open quote closes at the end, a filter without a value is still being typed and left out.
    """
    known = {key.casefold(): key for key in keys}
    chips = (_chip(match[0], known) for match in _TOKEN.finditer(line[:_LONGEST]))
    return Query(tuple(chip for chip in chips if chip is not None))


def chip_text(chip: Chip) -> str:
    """A chip as it is written in the search line."""
    sign = "-" if chip.negated else ""
    if isinstance(chip, Word):
        return f'{sign}"{chip.text}"' if chip.phrase else sign + chip.text
    return f"{sign}{chip.key}{chip.op}{','.join(_written(value) for value in chip.values)}"


def turned(chip: Chip) -> Chip:
    """The same chip with the opposite sense."""
    return replace(chip, negated=not chip.negated)


def _chip(token: str, known: dict[str, str]) -> Chip | None:
    bare = token.lstrip("-−")
    negated = bare != token
    if match := _FILTER.fullmatch(bare):
        key = known.get(match["key"].casefold())
        if key is not None:
            values = tuple(_values(match["rest"]))
            operator = ":" if match["op"] == "=" else match["op"]
            return Filter(key, operator, values, negated) if values else None
    phrase = '"' in bare
    text = " ".join(bare.replace('"', " ").split()) if phrase else bare
    if not any(letter.isalnum() for letter in text):
        return None
    return Word(text, phrase and _needs_quotes(text, known), negated)


def _needs_quotes(text: str, known: dict[str, str]) -> bool:
    """Whether a quoted text would be read otherwise without its quotes."""
    if " " in text or text[0] in "-−":
        return True
    match = _FILTER.fullmatch(text)
    return match is not None and match["key"].casefold() in known


def _values(rest: str) -> Iterator[str]:
    """Values of `FR,DE,"New Zealand"`; a dash stands for nothing entered."""
    for match in _VALUE.finditer(rest):
        value = " ".join(match[0].strip('"').split())
        if value and match[0] != ",":
            yield value


def _written(value: str) -> str:
    return value if _PLAIN_VALUE.fullmatch(value) else f'"{value}"'


def _same_question(old: Chip, new: Chip) -> bool:
    if isinstance(old, Filter) and isinstance(new, Filter):
        return (old.key, old.op, old.negated) == (new.key, new.op, new.negated)
    return old == new
