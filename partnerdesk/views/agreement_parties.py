"""The Approvals tab: who has to sign on either side, and the two sign-offs of the version shown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Party, SignOff
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, say
from partnerdesk.services import agreements
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import Fact, Section, term_choices
from partnerdesk.views.agreement_new import PartnerFinder
from partnerdesk.views.agreement_work import Work
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import ChipLabel, Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.picker import Option, PickerPopup
from partnerdesk.views.kit.pickerfield import PickerField


class ApprovalForm(QWidget):
    """The few things an approval records: the day, by whom, how, and where the evidence is."""

    recorded = Signal(object, str, str, str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(self, 0, 10)
        form = FormGrid()
        self.day = LenientDateField()
        self.by = LineEditor()
        self.kind = ChoiceEditor(term_choices("signature_kind"))
        self.evidence = LineEditor()
        self._day_field = Field(say(field_label("approved_on")), self.day, required=True)
        form.add(self._day_field, short=True)
        form.add(Field(self.tr("How"), self.kind), short=True)
        form.add(Field(say(field_label("approved_by")), self.by))
        form.add(Field(say(field_label("evidence")), self.evidence))
        column.addWidget(form)
        buttons = Row(None, 0, 4)
        self.record = Button(self.tr("Record approval"), "primary")
        self.record.clicked.connect(self._record)
        cancel = Button(self.tr("Cancel"), "quiet")
        cancel.clicked.connect(self.cancelled)
        buttons.addWidget(self.record)
        buttons.addWidget(cancel)
        buttons.addStretch()
        column.addLayout(buttons)

    def begin(self, by: str) -> None:
        """Propose today, on paper, by the one who signs."""
        self.day.set_value(clock.today())
        self.by.set_value(by)
        self.kind.set_value("paper")
        self.evidence.set_value("")
        self._day_field.set_error("")
        self.day.setFocus()
        self.day.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._record()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _record(self) -> None:
        self.day.commit()
        when = self.day.value()
        if self.day.notes.error:
            return
        if when is None:
            self._day_field.set_error(self.tr("An approval needs its day"))
            return
        self.recorded.emit(when, self.by.value(), self.kind.value() or "paper", self.evidence.value())


class PartyCard(Pane):
    """One party: who signs for it, and its approval of the version shown."""

    open_partner = Signal(int)

    def __init__(self, work: Work, party_id: int, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self._work, self.party_id = work, party_id
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = Column(self, (12, 10, 12, 12), 10)
        head = Row(None, 0, 6)
        self._name = ShortWords("", "name")
        self._chip = ChipLabel("neutral", "")
        self._remove = IconButton(Icon.REMOVE, self.tr("Remove this party"))
        self._remove.clicked.connect(self._remove_party)
        head.addWidget(self._name, 1)
        head.addWidget(self._chip)
        head.addWidget(self._remove)
        column.addLayout(head)
        self._side = Words("", "tiny", "muted")
        column.addWidget(self._side)
        form = FormGrid()
        self._signee = PickerField((), placeholder=self.tr("Nobody yet"))
        self._unit = PickerField((), placeholder=self.tr("The whole institution"))
        self._fields: list[Field] = []
        for name, editor in (("signee_id", self._signee), ("unit_id", self._unit)):
            field = Field(say(field_label(name)), editor)
            work.bind(name, field, self._party, self._deed)
            self._fields.append(field)
            form.add(field)
        column.addWidget(form)
        self._facts = FormGrid()
        self._on = Fact(say(field_label("approved_on")))
        self._by = Fact(say(field_label("approved_by")))
        self._how = Fact(self.tr("How"))
        self._evidence = Fact(say(field_label("evidence")))
        for fact in (self._on, self._how, self._by, self._evidence):
            self._facts.add(fact, short=True)
        column.addWidget(self._facts)
        self.form = ApprovalForm()
        self.form.recorded.connect(self._recorded)
        self.form.cancelled.connect(self._close_form)
        self.form.hide()
        column.addWidget(self.form)
        self.approve = Button(self.tr("Record approval"), icon=Icon.APPROVE)
        self.approve.clicked.connect(self.open_form)
        self.take_back = Button(self.tr("Take the approval back"), "link")
        self.take_back.clicked.connect(self._take_back)
        column.addWidget(self.approve)
        column.addWidget(self.take_back)

    def renew(self, fresh: bool) -> None:
        """Show the party as it is now."""
        about, version, party = self._work.about, self._work.version, self._party()
        if about is None or version is None or party is None:
            return
        institution = about.institutions.get(party.institution_id)
        self._name.setText(institution.name if institution is not None else "")
        self._side.setText(say(label_of("side", party.side)))
        self._signee.set_options([Option(c.id, c.full_name or c.function, c.function if c.full_name else "")
                                  for c in about.contacts_of(party.institution_id)])
        self._unit.set_options([Option(u.id, u.name, u.short_name or u.code)
                                for u in about.units_of(party.institution_id)])
        for field in self._fields:
            field.set_locked(self.tr("Opened read-only") if self._work.desk.read_only else "")
        if fresh:
            self._close_form()
        self._show_sign_off(about.sign_off(version.id, party.id))

    @Slot()
    def open_form(self) -> None:
        """Ask for the day and by whom."""
        about, party = self._work.about, self._party()
        if about is None or party is None:
            return
        signee = about.contact(party.signee_id)
        self.approve.hide()
        self.form.show()
        self.form.begin(signee.full_name if signee is not None else "")

    def _show_sign_off(self, sign_off: SignOff | None) -> None:
        signed = sign_off is not None and sign_off.approved_on is not None
        read_only = self._work.desk.read_only
        self._facts.setVisible(signed)
        self.take_back.setVisible(signed and not read_only)
        self.approve.setVisible(not signed and not read_only and self.form.isHidden())
        self._remove.setVisible(not signed and not read_only and self._is_extra())
        if signed and sign_off is not None:
            self.form.hide()
            self._chip.show_state("success", self.tr("Approved"), Icon.HOLDS)
            self._on.say(day(sign_off.approved_on))
            self._how.say(say(label_of("signature_kind", sign_off.kind)))
            for fact, words in ((self._by, sign_off.approved_by), (self._evidence, sign_off.evidence)):
                fact.say(words)
                fact.setVisible(bool(words))
        else:
            self._chip.show_state("neutral", self.tr("Not approved"), Icon.DRAFT)

    def _is_extra(self) -> bool:
        about, party = self._work.about, self._party()
        if about is None or party is None:
            return False
        return sum(1 for p in about.file.parties if p.side == party.side) > 1

    def _party(self) -> Party | None:
        return self._work.about.party(self.party_id) if self._work.about is not None else None

    def _deed(self, party: Party, fields: Mapping[str, Any]) -> Deed[Any]:
        agreement = self._work.agreement
        assert agreement is not None
        return agreements.change_party(agreement, party, **fields)

    @Slot(object, str, str, str)
    def _recorded(self, when: date, by: str, kind: str, evidence: str) -> None:
        agreement, version, party = self._work.agreement, self._work.version, self._party()
        if agreement is None or version is None or party is None:
            return
        self._close_form()
        self._work.do(agreements.sign(agreement, version, party, when, by=by, kind=kind, evidence=evidence))

    @Slot()
    def _take_back(self) -> None:
        agreement, version, party = self._work.agreement, self._work.version, self._party()
        if agreement is not None and version is not None and party is not None:
            self._work.do(agreements.sign(agreement, version, party, None))

    @Slot()
    def _close_form(self) -> None:
        had = self.form.isVisible()
        self.form.hide()
        self.approve.setVisible(self.take_back.isHidden() and not self._work.desk.read_only)
        if had:
            self.approve.setFocus()

    @Slot()
    def _remove_party(self) -> None:
        agreement, party = self._work.agreement, self._party()
        if agreement is not None and party is not None:
            self._work.do(agreements.remove_party(agreement, party))


class PartiesTab(Section):
    """All parties, ours first; more can be added on either side."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Approvals"))
        self._work = work
        self.cards: dict[int, PartyCard] = {}
        self._lead = Words("", "small", "text2", wrap=True)
        self.body.addWidget(self._lead)
        self._room = Column(None, 0, 10)
        self.body.addLayout(self._room)
        self.add = Button(self.tr("Add a party"), small=True, icon=Icon.ADD)
        self.add.clicked.connect(self._ask_party)
        self.body.addWidget(self.add)
        self.body.addStretch()

    def renew(self, fresh: bool) -> None:
        """Show the parties as they are now."""
        about, version = self._work.about, self._work.version
        if about is None or version is None:
            return
        parties = sorted(about.file.parties, key=lambda p: (p.side != "our", p.id))
        for gone in set(self.cards) - {p.id for p in parties}:
            card = self.cards.pop(gone)
            self._work.unbind(card)
            card.setParent(None)
            card.deleteLater()
        for at, party in enumerate(parties):
            if party.id not in self.cards:
                card = PartyCard(self._work, party.id)
                self.cards[party.id] = card
                self._room.insertWidget(at, card)
                card.renew(True)
                self._work.fill(False)
            else:
                self.cards[party.id].renew(fresh)
        sides = [about.side_on(version, side) is not None for side in ("our", "partner")]
        self._lead.setText(self._sentence(version.n, *sides))
        self.add.setVisible(not self._work.desk.read_only and not self._work.sealed)

    def focus_first(self) -> None:
        """Put the keyboard on the first approval to be recorded."""
        for card in self.cards.values():
            if card.approve.isVisible():
                card.approve.setFocus()
                return

    @Slot()
    def record_next(self) -> None:
        """Open the form of the first party that has not approved yet."""
        for card in self.cards.values():
            if not card.approve.isHidden():
                card.open_form()
                self.ensureWidgetVisible(card)
                return

    def _sentence(self, n: int, ours: bool, theirs: bool) -> str:
        if ours and theirs:
            return self.tr("Both sides have approved version {n}.").format(n=n)
        if ours:
            return self.tr("Our side has approved version {n}; the partner's approval is missing.").format(n=n)
        if theirs:
            return self.tr("The partner has approved version {n}; our approval is missing.").format(n=n)
        return self.tr("Nobody has approved version {n} yet. It takes effect when both sides have.").format(n=n)

    @Slot()
    def _ask_party(self) -> None:
        popup = PickerPopup(self.add, PartnerFinder(self._work.desk), name=self.tr("Add a party"))
        popup.chosen.connect(self._chosen)
        popup.open_under(self.add)

    @Slot(object)
    def _chosen(self, institution: Institution) -> None:
        agreement = self._work.agreement
        if agreement is not None:
            side = "our" if institution.is_home else "partner"
            self._work.do(agreements.add_party(agreement, institution, side))
