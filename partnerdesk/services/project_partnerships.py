"""The partnerships that a project can belong to: those with the institutions that take part in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from partnerdesk.domain.partners import Institution, Member, Partnership
from partnerdesk.domain.text import fold

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader


def partnership_names(reader: Reader, institutions: Iterable[int], held: int | None = None) -> list[tuple[int, str]]:
    """The partnerships with these institutions by name, our own left out, and the one that is `held` already.

    A partnership is called by its title, else by its partners.
    """
    others = [one.id for one in reader.many(Institution, sorted(set(institutions))).values() if not one.is_home]
    wanted = {one.partnership_id for one in reader.where(Member, "institution_id", others)}
    wanted |= {held} if held is not None else set()
    relations = reader.many(Partnership, sorted(wanted))
    members = list(reader.where(Member, "partnership_id", sorted(relations)))
    names = reader.many(Institution, sorted({one.institution_id for one in members}))
    found = []
    for relation in relations.values():
        partners = [names[one.institution_id].name for one in members if one.partnership_id == relation.id
                    and one.institution_id in names and not names[one.institution_id].is_home]
        found.append((relation.id, relation.title or ", ".join(partners) or relation.code))
    return sorted(found, key=lambda one: fold(one[1]))
