"""The head of a partner's pane: its names, where it is, its codes, tier and state, and who looks after it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.partners import Partnership
from partnerdesk.look.icons import Icon
from partnerdesk.models.names import country_name
from partnerdesk.models.states import state_chip
from partnerdesk.services.partner_sheet import PartnerSheet
from partnerdesk.views.kit.buttons import IconButton
from partnerdesk.views.kit.labels import Avatar, ChipLabel, IconLabel, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Flow, Row
from partnerdesk.views.partner_children import scheme_name

_CODES = ("ror", "erasmus", "pic", "schac")


class PartnerHead(QWidget):
    """Shows a partner; `back`, `print` and `more` are its buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = Column(self, (16, 12, 16, 2), 3)
        top = Row(None, 0, 4)
        self.back = IconButton(Icon.BACK, self.tr("Back to the list"), parent=self)
        self.back.hide()
        self._name = Words("", "record", wrap=True)
        self.print = IconButton(Icon.PRINT, self.tr("Print the partnership summary"), parent=self)
        self.more = IconButton(Icon.MORE, self.tr("More"), parent=self)
        self._original = ShortWords("", "second", "text2")
        names = Column(None, (0, 3, 0, 0), 0)
        names.addWidget(self._name)
        names.addWidget(self._original)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(names, 1)
        top.addWidget(self.print, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        where = Row(None, 0, 5)
        where.addWidget(IconLabel(Icon.PLACE, "muted", 13, 2.0))
        self._where = ShortWords("", "small", "text2")
        where.addWidget(self._where, 1)
        column.addLayout(where)
        chips = Row(None, (0, 4, 0, 4), 6)
        self._chips = Flow()
        chips.addLayout(self._chips, 1)
        self._avatar = Avatar("", 20)
        self._responsible = ShortWords("", "small", "text2")
        chips.addWidget(self._avatar)
        chips.addWidget(self._responsible)
        column.addLayout(chips)

    def show_partner(self, data: PartnerSheet, relation: Partnership | None) -> None:
        """Show a partner, with the relation that is looked at."""
        institution = data.partner.institution
        self._name.setText(institution.name)
        original = institution.name_original if institution.name_original != institution.name else ""
        self._original.setText(original)
        self._original.setVisible(bool(original))
        codes = [f"{scheme_name(i.scheme)} {i.value}" for scheme in _CODES
                 for i in data.partner.identifiers if i.scheme == scheme][:1]
        place = ", ".join(part for part in (institution.city, country_name(institution.country)) if part)
        self._where.setText("  ·  ".join(part for part in (place, institution.short_name, *codes) if part))
        self._show_chips(data, relation)
        responsible = relation.responsible if relation is not None else ""
        self._responsible.setText(responsible)
        self._avatar.set_name(responsible)
        self._avatar.setVisible(bool(responsible))

    def _show_chips(self, data: PartnerSheet, relation: Partnership | None) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if relation is not None and relation.tier:
            self._chips.addWidget(ChipLabel("accent", self.tr("Tier {n}").format(n=relation.tier), Icon.TIER))
        if data.papers and (chip := state_chip(str(data.papers[0].state))) is not None:
            self._chips.addWidget(ChipLabel(chip.kind, chip.word, chip.icon))
        if data.partner.institution.archived_on is not None:
            self._chips.addWidget(ChipLabel("neutral", self.tr("Archived"), Icon.TRASH))
