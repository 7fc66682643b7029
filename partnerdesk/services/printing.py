"""What is to be printed: finds the partner meant by a code or name, and gathers documents for one or many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from partnerdesk.domain import clock
from partnerdesk.domain.identifiers import SCHEMES, match_key, normal
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Alias, Identifier, Institution
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

Progress = Callable[[int, int], None]
NAMED = 4


def find_partner(reader: Reader, written: str) -> int:
    """The id of the partner meant by a code, short name or name. Raises Refused when none or several are meant."""
    for search in (_by_code, _by_name, _by_words) if written.strip() else ():
        found = search(reader, written)
        if len(found) == 1:
            return found[0].id
        if found:
            names = sorted(_said(one) for one in found)
            shown = "; ".join(names[:NAMED]) + ("; …" if len(names) > NAMED else "")
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "“{written}” may be any of {count} partners: {names}.")
            raise _refused("P03", text(sentence, written=written, count=len(found), names=shown))
    raise _refused("P02", text(QT_TRANSLATE_NOOP("PartnerDesk", "There is no partner “{written}”."), written=written))


def _by_code(reader: Reader, written: str) -> list[Institution]:
    spellings = {normal(scheme.code, written) for scheme in SCHEMES} | {written.strip()}
    found = reader.where(Identifier, "value", spellings)
    same = [i for i in found if match_key(i.scheme, i.value) == match_key(i.scheme, written)]
    return _partners(reader, {identifier.institution_id for identifier in same})


def _by_name(reader: Reader, written: str) -> list[Institution]:
    wanted = written.strip()
    ids = {
        one.id
        for field in ("name", "name_original", "short_name")
        for one in reader.where(Institution, field, (wanted,))
    }
    ids |= {alias.institution_id for alias in reader.where(Alias, "name", (wanted,))}
    return _partners(reader, ids)


def _by_words(reader: Reader, written: str) -> list[Institution]:
    """Partners whose search text holds all the words; those whose name is just these words before others."""
    from partnerdesk.store.partners import partner_ids

    words = tuple(fold(written).split())
    if not words:
        return []
    found = _partners(reader, partner_ids(reader, ListQuery(words=words), clock.today()))
    exact = [one for one in found if fold(one.name) == fold(written)]
    return exact or found


def _partners(reader: Reader, ids: Sequence[int] | set[int]) -> list[Institution]:
    return [one for one in reader.many(Institution, ids).values() if not one.deleted_at and not one.is_home]


def _said(institution: Institution) -> str:
    places = ", ".join(part for part in (institution.city, institution.country) if part)
    return f"{institution.name} ({places})" if places else institution.name


def _refused(code: str, sentence: Text) -> Refused:
    return Refused(Problem(code, "block", "partner", sentence))
