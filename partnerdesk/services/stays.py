"""What users do with stays: enter, change, put away; the deeds of their statuses are in `stay_deeds`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.partners import ensure_home
from partnerdesk.services.stay_file import StayFile as StayFile
from partnerdesk.services.stay_file import phase_now as phase_now
from partnerdesk.services.stay_file import stay_file as stay_file

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit


def new_stay(person: Person, partner: Institution | None, stay: Stay) -> Deed[int]:
    """Enter a stay of a person at (or from) a partner; the answer is its id. Raises Refused."""

    def run(unit: Unit) -> int:
        return enter_stay(unit, person.id, partner.id if partner is not None else None, stay)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "new stay of {name}"), name=person.full_name), run)


def enter_stay(unit: Unit, person_id: int, partner_id: int | None, stay: Stay) -> int:
    """Store a new stay inside a unit; our own institution is its other side. The answer is its id."""
    ours = ensure_home(unit).id
    sides = (ours, partner_id) if stay.direction == "out" else (partner_id, ours)
    made = dataclasses.replace(
        stay, person_id=person_id, sending_id=stay.sending_id or sides[0], receiving_id=stay.receiving_id or sides[1])
    return unit.add(made).id


def change_stay(stay: Stay, name: str = "", **fields: Any) -> Deed[bool]:
    """Change fields of a stay; `name` says of whom in the menu of undo."""

    def run(unit: Unit) -> bool:
        return unit.change(Stay, stay.id, stay.version, **fields)

    return Deed(_changed(name, fields), run)


def _changed(name: str, fields: Mapping[str, Any]) -> Text:
    from partnerdesk.services.labels import field_label

    whose = name or text(QT_TRANSLATE_NOOP("PartnerDesk", "a stay"))
    if len(fields) == 1:
        (only,) = fields
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {field} of {name}"), field=field_label(only), name=whose)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "change the stay of {name}"), name=whose)
