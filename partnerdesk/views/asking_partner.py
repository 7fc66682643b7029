"""Asks with which partner, by typing a few letters of its name."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.text import fold
from partnerdesk.models.names import country_name
from partnerdesk.services import listing
from partnerdesk.services.partners import home_institution
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.forms import Field
from partnerdesk.views.kit.picker import Option, Reply
from partnerdesk.views.kit.pickerfield import PickerField

MOST = 20


class AskPartner(DialogShell):
    """`chosen(id)` when a partner was picked and confirmed."""

    chosen = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("New agreement"))
        self._picker = PickerField(partner_provider(desk))
        self._field = Field(self.tr("Partner"), self._picker, required=True)
        self.body.addWidget(self._field)
        self.add_button(self.tr("Cancel"))
        self._go = self.add_button(self.tr("Draft agreement"), "primary")
        self._go.clicked.disconnect()
        self._go.clicked.connect(self._take)
        self._picker.setFocus()

    @Slot()
    def _take(self) -> None:
        partner = self._picker.value()
        if partner is None:
            self._field.set_error(self.tr("Choose a partner"))
            return
        self.accept()
        self.chosen.emit(int(partner))


def partner_provider(desk: Desk) -> Callable[[str, Reply], None]:
    """Partners whose words begin with what is typed, for pickers."""

    def provide(typed: str, reply: Reply) -> None:
        def question(reader: Any) -> Sequence[Option]:
            ids = listing.partner_ids(reader, ListQuery(words=tuple(typed.split()), sort="name"), MOST)
            lines = listing.partner_lines(reader, ids)
            return [Option(i, lines[i].name, country_name(lines[i].country)) for i in ids]

        desk.ask(question, reply, key="pick a partner")

    return provide


def institution_provider(desk: Desk) -> Callable[[str, Reply], None]:
    """Our own institution first, then partners, whose words begin with what is typed."""

    def provide(typed: str, reply: Reply) -> None:
        def question(reader: Any) -> Sequence[Option]:
            ids = listing.partner_ids(reader, ListQuery(words=tuple(typed.split()), sort="name"), MOST)
            lines = listing.partner_lines(reader, ids)
            home = home_institution(reader)
            ours = home is not None and all(word in fold(home.name) for word in fold(typed).split())
            own = [Option(home.id, home.name, country_name(home.country))] if home is not None and ours else []
            return [*own, *(Option(i, lines[i].name, country_name(lines[i].country)) for i in ids)]

        desk.ask(question, reply, key="pick an institution")

    return provide
