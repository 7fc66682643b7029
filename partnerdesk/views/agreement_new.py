"""A new agreement without a wizard: a draft is made at once and opened; and the finder of partners for it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.models.names import country_name
from partnerdesk.services import agreements, listing
from partnerdesk.views.kit.picker import Option, PickerPopup, Reply

SHOWN = 40


def new_agreement(
    desk: Desk, institution: Institution, opened: Callable[[int], None], kind: str = "student_exchange",
    programme: str = "",
) -> None:
    """Draft an agreement with a partner; `opened` is given its id. Its validity and conditions are empty."""
    desk.do(agreements.new_agreement(institution, Agreement(type=kind, programme=programme)), opened)


class PartnerFinder:
    """Finds partners by what is typed; the options carry the institutions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, typed: str, reply: Reply) -> None:
        query = ListQuery(words=tuple(typed.split()), sort="name")
        self._desk.ask(_partners(query), _Replier(reply), key="find partners")


class NewAgreement(QObject):
    """Asks under a button with whom, drafts the agreement and tells its id through `made`."""

    made = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def ask_partner(self, anchor: QWidget) -> PickerPopup:
        """Open the picker of partners under `anchor`."""
        popup = PickerPopup(anchor, PartnerFinder(self._desk), name=self.tr("Agreement with which partner"))
        popup.chosen.connect(self.draft)
        popup.open_under(anchor)
        return popup

    @Slot(object)
    def draft(self, institution: Institution) -> None:
        """Draft an agreement with a partner."""
        new_agreement(self._desk, institution, self.made.emit)


class _Replier:
    """Turns found institutions into options."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    def __call__(self, found: list[Institution]) -> None:
        self._reply([Option(i, i.name, country_name(i.country), f"{i.short_name} {i.name_original} {i.city}")
                     for i in found])


def _partners(query: ListQuery) -> Callable[[Any], list[Institution]]:
    def question(reader: Any) -> list[Institution]:
        ids = listing.partner_ids(reader, query, SHOWN)
        found = reader.many(Institution, ids)
        return [found[i] for i in ids if i in found]

    return question
