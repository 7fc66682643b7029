"""The word that was meant where a search finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnerdesk.domain.text import fold

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_LIKE = 76.0
_SHORTEST = 4


def meant_word(reader: Reader, typed: str) -> str:
    """The name or city of a partner, or a word of a name, most like what was typed; "" where none is like it."""
    from rapidfuzz import fuzz, process

    from partnerdesk.domain.partners import Institution

    wanted = fold(typed)
    if len(wanted) < _SHORTEST:
        return ""
    known: dict[str, str] = {}
    for partner in reader.find(Institution, is_home=False, deleted_at=""):
        for words in (partner.city, partner.name, *partner.name.split()):
            if len(words) >= _SHORTEST:
                known.setdefault(fold(words), words.strip("(),.;"))
    found = process.extractOne(wanted, known.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return known[found[0]] if found is not None and found[0] != wanted else ""
