"""Finds the partner a row means: by its best code, then by name and country, then by likeness.

Built for lists of a hundred thousand rows: every distinct spelling is worked out once, exact keys come first,
and only names of one country that a slip of the pen can turn into each other are compared letter by letter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from partnerdesk.domain.identifiers import match_key
from partnerdesk.domain.partners import Alias, Identifier, Institution
from partnerdesk.domain.text import fold, name_key

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

SCHEME_ORDER = (
    "ror", "pic", "erasmus", "oid", "schac", "ukprn", "ipeds", "opeid", "local", "previous-schac", "erasmus-charter",
)  # fmt: skip
"""Schemes from the one that says most about an institution to the one that says least."""

TELLING = frozenset(["ror", "pic", "erasmus", "schac", "ukprn", "ipeds", "opeid", "local"])
"""Schemes in which different codes mean different institutions."""

_LIKE = 90.0
_WORD_LIKE = 80.0
_SHORT = 4

_NOBODY: tuple[list[str], list[int]] = ([], [])

Code = tuple[str, str, str]


@dataclass(slots=True)
class Known:
    """What matching knows of one partner; `ref` is its id, below zero while it is only planned.

    `claimed` are the codes that the file itself gives the partner: all of them while it is only planned.
    """

    ref: int
    name: str
    country: str
    city: str
    codes: dict[str, set[str]] = field(default_factory=dict)
    claimed: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.claimed = self.codes


@dataclass(frozen=True, slots=True)
class Match:
    """The partner found; `certain` False means that it only resembles the row."""

    ref: int
    certain: bool


class PartnerIndex:
    """All partners of an office, and those an import is about to add, ready to be found."""

    def __init__(self) -> None:
        self.known: dict[int, Known] = {}
        self._by_code: dict[tuple[str, str], int] = {}
        self._by_name: dict[str, list[int]] = defaultdict(list)
        # spellings and their partners, by country and what no slip changes
        self._spellings: dict[tuple[str, str], tuple[list[str], list[int]]] = {}
        self._bearing: Counter[tuple[str, str]] = Counter()
        self._in_country: Counter[str] = Counter()
        self._keys: dict[str, str] = {}
        # what rows without codes were told: certain answers stay, the others only until a name is added
        self._certain: dict[tuple[str, ...], Match] = {}
        self._unsure: dict[tuple[str, ...], Match | None] = {}

    @classmethod
    def of_office(cls, reader: Reader) -> PartnerIndex:
        """The index of every institution that is not in the trash."""
        index = cls()
        codes: dict[int, list[Code]] = defaultdict(list)
        for one in reader.find(Identifier):
            codes[one.institution_id].append((one.scheme, one.value, match_key(one.scheme, one.value)))
        aliases: dict[int, list[str]] = defaultdict(list)
        for alias in reader.find(Alias):
            aliases[alias.institution_id].append(alias.name)
        for institution in reader.find(Institution, deleted_at=""):
            names = [institution.name, institution.name_original, *aliases[institution.id]]
            index.add(institution.id, names, institution.country, institution.city, codes[institution.id])
        return index

    def add(self, ref: int, names: Iterable[str], country: str, city: str, codes: Iterable[Code]) -> None:
        """Make a partner known under all its names and codes."""
        names = [name for name in names if name]
        one = self.known[ref] = Known(ref, names[0] if names else "", country, city)
        if ref > 0:
            one.claimed = {}
        self._in_country[country] += 1
        for name in names:
            self.add_name(ref, name)
        self.add_codes(ref, codes)

    def add_name(self, ref: int, name: str) -> None:
        """One more name under which a partner is found."""
        key = self._key(name)
        if not key or ref in self._by_name.get(key, ()):
            return
        self._unsure.clear()
        self._by_name[key].append(ref)
        country = self.known[ref].country
        spellings, refs = self._spellings.setdefault((country, _frame(key)), ([], []))
        spellings.append(key)
        refs.append(ref)

    def add_codes(self, ref: int, codes: Iterable[Code]) -> None:
        """More codes under which a partner is found; a code found first stays with its partner."""
        one = self.known[ref]
        for scheme, _, key in codes:
            if key:
                self._by_code.setdefault((scheme, key), ref)
                if scheme not in one.codes:
                    one.codes[scheme] = set()
                    self._bearing[one.country, scheme] += 1
                one.codes[scheme].add(key)

    def claim(self, ref: int, codes: Iterable[Code]) -> None:
        """Codes that a row of the file gives a partner: another row with other ones means somebody else."""
        one = self.known[ref]
        self.add_codes(ref, codes)
        if one.claimed is not one.codes:
            for scheme, _, key in codes:
                one.claimed.setdefault(scheme, set()).add(key)

    def owner(self, scheme: str, key: str) -> int | None:
        """The partner that bears a code."""
        return self._by_code.get((scheme, key))

    def find(self, names: Iterable[str], country: str, city: str, codes: Sequence[Code]) -> Match | None:
        """The partner that a row with these names, place and codes means or resembles; None for a new one."""
        if codes:
            return self._find(names, country, city, codes)
        asked = (*names, country, city)
        found = self._certain.get(asked)
        if found is None and asked in self._unsure:
            return self._unsure[asked]
        if found is None:
            found = self._find(asked[:-2], country, city, ())
            if found is not None and found.certain:
                self._certain[asked] = found
            else:
                self._unsure[asked] = found
        return found

    def _find(self, names: Iterable[str], country: str, city: str, codes: Sequence[Code]) -> Match | None:
        codes = sorted(codes, key=_rank) if len(codes) > 1 else codes
        for scheme, _, key in codes:
            ref = self._by_code.get((scheme, key))
            if ref is not None and not self._stronger_contradicts(ref, scheme, codes):
                return Match(ref, True)
        own = {scheme: key for scheme, _, key in codes}
        keys = [key for name in names if (key := self._key(name))]
        resembling: int | None = None
        for key in keys:
            for ref in self._by_name.get(key, ()):
                fit = self._fit(ref, country, city, own)
                if fit is True:
                    return Match(ref, True)
                if fit is None and resembling is None:
                    resembling = ref
        if resembling is not None:
            return Match(resembling, False)
        for key in keys:
            like = self._like(key, country, city, own)
            if like is not None:
                return Match(like, False)
        return None

    def _key(self, name: str) -> str:
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = name_key(name)
        return key

    def _stronger_contradicts(self, ref: int, scheme: str, codes: Iterable[Code]) -> bool:
        """Whether a better code of the row, by what the file said before, cannot be this partner's."""
        claimed = self.known[ref].claimed
        for better, _, key in codes:
            if better == scheme:
                return False
            if better in TELLING and better in claimed and key not in claimed[better]:
                return True
        return False

    def _fit(self, ref: int, country: str, city: str, own: dict[str, str]) -> bool | None:
        """Whether a partner of the same name is the one: True yes, False no, None perhaps."""
        one = self.known[ref]
        if own and _apart(one, own):
            return False
        if country and one.country and country != one.country:
            return False
        if _elsewhere(city, one.city):
            return None if ref > 0 else False
        if not country and not one.country and not own:
            return True
        return True if country == one.country or not country or not one.country else None

    def _like(self, key: str, country: str, city: str, own: dict[str, str]) -> int | None:
        """A partner in the same country whose name is nearly the same, when no codes tell them apart."""
        if own and self._all_bear(country, [scheme for scheme in own if scheme in TELLING]):
            return None
        spellings, refs = self._spellings.get((country, _frame(key)), _NOBODY)
        if not spellings:
            return None
        from rapidfuzz import fuzz, process

        found = process.extract(key, spellings, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=None)
        for other, _, place in found:
            one = self.known[refs[place]]
            if other == key or (own and _apart(one, own)) or _elsewhere(city, one.city):
                continue
            if _words_alike(key, other):
                return one.ref
        return None

    def _all_bear(self, country: str, schemes: Sequence[str]) -> bool:
        """Whether every partner of a country has a code of each of these schemes, which are some."""
        there = self._in_country[country]
        return bool(schemes) and all(self._bearing[country, scheme] == there for scheme in schemes)


def _rank(code: Code) -> int:
    return SCHEME_ORDER.index(code[0]) if code[0] in SCHEME_ORDER else len(SCHEME_ORDER)


def _apart(one: Known, own: dict[str, str]) -> bool:
    """Whether codes of the same telling scheme differ."""
    return any(
        scheme in TELLING and scheme in one.codes and key not in one.codes[scheme] for scheme, key in own.items()
    )


def _frame(key: str) -> str:
    """What two spellings that `_words_alike` accepts have in common: short words, numbers, and initials of the rest."""
    words = set(key.split())
    return " ".join(sorted([word if len(word) < _SHORT or word.isdecimal() else word[0] for word in words]))


def _elsewhere(city: str, other: str) -> bool:
    """Whether two towns, both of them given, are not the same."""
    return bool(city and other and city != other) and not _same_place(city, other)


@lru_cache(maxsize=20_000)
def _same_place(one: str, other: str) -> bool:
    """Whether two towns are written alike, or one name holds the other ("La Laguna", "S.C. de La Laguna")."""
    first, second = fold(one), fold(other)
    if first == second or set(first.split()) <= set(second.split()) or set(second.split()) <= set(first.split()):
        return True
    from rapidfuzz import fuzz

    return bool(fuzz.ratio(first, second) >= _WORD_LIKE)


def _words_alike(one: str, other: str) -> bool:
    """Whether two near spellings differ by slips only: numbers the same, differing words alike from the start."""
    first, second = set(one.split()), set(other.split())
    left, right = sorted(first - second), sorted(second - first)
    if any(word.isdecimal() or len(word) < _SHORT for word in (*left, *right)) or len(left) != len(right):
        return False
    from rapidfuzz import fuzz

    return all(a[0] == b[0] and fuzz.ratio(a, b) >= _WORD_LIKE for a, b in zip(left, right, strict=True))
