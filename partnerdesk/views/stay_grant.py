"""The Grant tab of a stay: worked out by a table line by line, frozen, signed, paid in instalments."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.grants import GrantPayment
from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day_range, number, say
from partnerdesk.models.grants import (
    LineRow,
    calculations_model,
    line_rows,
    lines_model,
    money_words,
    payments_model,
    preview_words,
    status_chip,
)
from partnerdesk.services import grants
from partnerdesk.services.grants import Grant, GrantFile
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import ProblemList, Section
from partnerdesk.views.data_table import LinesTable
from partnerdesk.views.fitted_table import FittedTable
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import ChipLabel, ShortWords, Words
from partnerdesk.views.kit.layouts import Flow, Row
from partnerdesk.views.stay_work import StayWork


class GrantTab(Section):
    """The grant of the stay; an earlier calculation can be looked at beside the one that counts."""

    def __init__(self, work: StayWork, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Grant"))
        self._work = work
        self._file: GrantFile | None = None
        self._shown = 0
        self._made = self._stale = False
        self._amount = ShortWords("", "figure")
        self._chip = ChipLabel("neutral", "")
        self._about = Words("", "tiny", "muted", wrap=True)
        self.problems = ProblemList()
        self.lines: LinesTable[LineRow] = FittedTable(
            self.tr("Calculation"), lines_model(self), "row_two")
        self.calculations: LinesTable[Grant] = FittedTable(
            self.tr("Calculations"), calculations_model(self), "row_two")
        self.payments: LinesTable[GrantPayment] = FittedTable(self.tr("Instalments"), payments_model(self), "row_two")
        self.tables = ChoiceEditor()
        self.reason, self.signed_on, self.pay_reason = LineEditor(), LenientDateField(), LineEditor()
        self._make_head()
        self._make_deeds()
        self._make_payments()
        self._make_work()
        self.body.addStretch()
        work.desk.changed.connect(self._hear)

    @property
    def file(self) -> GrantFile | None:
        """All that is known of the grant."""
        return self._file

    @property
    def grant(self) -> Grant | None:
        """The calculation that is shown: the one chosen, else the one that counts."""
        if self._file is None:
            return None
        chosen = next((one for one in self._file.grants if one.award.id == self._shown), None)
        return chosen or self._file.current

    def renew(self, fresh: bool) -> None:
        """Ask for the grant as it is now; unseen it waits until it is shown."""
        about = self._work.about
        if about is None:
            return
        if fresh:
            self._file, self._shown = None, 0
            self.reason.set_value("")
            self.pay_reason.set_value("")
        self._stale = not self.isVisible()
        if self._stale:
            return
        wanted = about.stay.id
        self._work.desk.ask(lambda reader: grants.grant_file(reader, wanted), self._take, key=(self, "grant"))

    def focus_first(self) -> None:
        """Put the keyboard into the choice of a table, or into the lines."""
        (self.tables if self.tables.isVisible() else self.lines).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.renew(False)

    @Slot()
    def work_out(self) -> None:
        """Work the grant out by the chosen table."""
        file = self._file
        table = next((t for t in file.tables if t.id == self.tables.value()), None) if file is not None else None
        if file is not None and table is not None:
            self._made = True
            self._work.do(grants.work_out(file, table, self.reason.value()))

    @Slot()
    def freeze(self) -> None:
        """Fix the amounts of the calculation shown."""
        if self._file is not None and self.grant is not None:
            self._work.do(grants.freeze(self._file, self.grant.award))

    @Slot()
    def sign(self) -> None:
        """Note that the calculation shown was signed."""
        self.signed_on.commit()
        day = self.signed_on.value()
        if self._file is not None and self.grant is not None and day is not None and not self.signed_on.notes.error:
            self._work.do(grants.sign(self._file, self.grant.award, day))

    @Slot()
    def remove(self) -> None:
        """Take the calculation shown away."""
        if self._file is not None and self.grant is not None:
            self._work.do(grants.remove_award(self._file, self.grant.award))

    def _make_head(self) -> None:
        head = Row(None, 0, 8)
        head.addWidget(self._amount, 1)
        head.addWidget(self._chip)
        self.body.addLayout(head)
        self.body.addWidget(self._about)
        self.body.addWidget(self.problems)
        self.body.addWidget(self.lines)
        self.body.addWidget(self.calculations)
        self.calculations.picked.connect(self._chosen)

    def _make_deeds(self) -> None:
        self.freeze_button = Button(self.tr("Freeze the amounts"), icon=Icon.LOCKED)
        self.remove_button = Button(self.tr("Remove"), "quiet", icon=Icon.REMOVE)
        self.freeze_button.clicked.connect(self.freeze)
        self.remove_button.clicked.connect(self.remove)
        self.sign_form = FormGrid()
        self.sign_form.add(Field(say(field_label("signed_on")), self.signed_on), short=True)
        self.sign_button = Button(self.tr("Record signature"), icon=Icon.SIGN)
        self.sign_button.clicked.connect(self.sign)
        self.body.addWidget(self.sign_form)
        self.buttons = QWidget()
        flow = Flow(self.buttons, 8)
        for button in (self.sign_button, self.freeze_button, self.remove_button):
            flow.addWidget(button)
        self.body.addWidget(self.buttons)

    def _make_work(self) -> None:
        self.work_form = FormGrid()
        self.work_form.add_head(self.tr("Work it out"))
        self.work_form.add(Field(say(field_label("table_id")), self.tables))
        self._reason_field = Field(say(field_label("reason")), self.reason)
        self.work_form.add(self._reason_field)
        self.tables.edited.connect(self._preview)
        self.body.addWidget(self.work_form)
        self.preview = Words("", "small", "text2", wrap=True)
        self.body.addWidget(self.preview)
        row = Row(None, 0, 8)
        self.work_button = Button(self.tr("Work it out"), "primary", icon=Icon.BALANCE)
        self.work_button.clicked.connect(self.work_out)
        row.addWidget(self.work_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _make_payments(self) -> None:
        self._payments_head = FormGrid()
        self._payments_head.add_head(self.tr("Instalments"))
        self.body.addWidget(self._payments_head)
        self.body.addWidget(self.payments)
        self.payments.picked.connect(self._payment_chosen)
        self.payment_form = FormGrid()
        self._payment_fields: list[Field] = []
        for name, editor, short in (("due_on", LenientDateField(), True), ("paid_on", LenientDateField(), True),
                                    ("note", LineEditor(), False)):
            field = Field(say(field_label(name)), editor)
            self._work.bind(name, field, self._payment, self._payment_deed)
            self._payment_fields.append(field)
            self.payment_form.add(field, short=short, wide=not short)
        self._pay_reason = Field(self.tr("Pay the last instalment all the same, because"), self.pay_reason)
        self.payment_form.add(self._pay_reason, wide=True)
        self.body.addWidget(self.payment_form)
        self._left = Words("", "small", "text2", wrap=True)
        self.body.addWidget(self._left)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes.ids("grant_table"):
            self.renew(False)

    def _take(self, file: GrantFile) -> None:
        about = self._work.about
        if about is None or about.stay.id != file.stay.id:
            return
        if self._made and file.grants:
            self._shown, self._made = file.grants[-1].award.id, False
        fresh = self._file is None
        self._file = file
        known = self.tables.value()
        self.tables.set_choices([(table.id, table.name) for table in file.tables])
        used = file.current.award.table_id if file.current is not None else None
        first = file.tables[0].id if file.tables else None
        kept = known if not fresh and any(t.id == known for t in file.tables) else used
        self.tables.set_value(kept if any(t.id == kept for t in file.tables) else first)
        if fresh:
            self.signed_on.set_value(clock.today())
        self._show()

    def _show(self) -> None:
        file, grant, locked = self._file, self.grant, self._work.desk.read_only
        if file is None:
            return
        self._say_head(file, grant)
        self.lines.setVisible(grant is not None)
        self.lines.show_lines(
            line_rows(grant.lines, grant.amount, grant.award.currency) if grant is not None else [])
        self.calculations.setVisible(len(file.grants) > 1)
        self.calculations.show_lines(file.grants)
        open_ = grant is not None and not locked and grant.award.status in ("calculated", "frozen")
        calculated = open_ and grant is not None and grant.award.status == "calculated"
        self.sign_form.setVisible(open_)
        self.buttons.setVisible(open_)
        self.freeze_button.setVisible(calculated)
        self.remove_button.setVisible(calculated)
        for part in (self.work_form, self.work_button, self.preview):
            part.setVisible(not locked)
        self._reason_field.setVisible(any(one.fixed for one in file.grants))
        self.work_button.set_kind("primary" if not file.grants else "secondary")
        self.work_button.setVisible(not locked and bool(file.tables))
        self.problems.show_problems(file.problems)
        self._preview()
        self._show_payments(file, grant, locked)

    def _say_head(self, file: GrantFile, grant: Grant | None) -> None:
        award = grant.award if grant is not None else None
        amount = f"{money_words(grant.amount)} {grant.award.currency}" if grant is not None else self.tr("No grant yet")
        self._amount.setText(amount)
        self._chip.setVisible(award is not None)
        journey = file.journey
        starts, ends = (award.starts_on, award.ends_on) if award else (journey.starts_on, journey.ends_on)
        parts = [day_range(starts, ends)]
        if award is not None:
            chip = status_chip(award)
            self._chip.show_state(chip.kind, chip.word, chip.icon)
            parts.append(self.tr("{n} days counted").format(n=number(award.days)))
            parts.append(award.table_name)
        if journey.distance_km is not None:
            parts.append(self.tr("{n} km").format(n=number(journey.distance_km)))
        self._about.setText(" · ".join(part for part in parts if part))

    def _show_payments(self, file: GrantFile, grant: Grant | None, locked: bool) -> None:
        planned = grant.payments if grant is not None else ()
        for part in (self._payments_head, self.payments, self._left):
            part.setVisible(bool(planned))
        self.payments.show_lines(planned)
        if planned and self.payments.current is None:
            self.payments.select_row(next((n for n, p in enumerate(planned) if p.paid_on is None), 0))
        self._show_payment_form(locked)
        if planned:
            self._left.setText(self.tr("{paid} paid of {amount}, {left} left").format(
                paid=money_words(file.paid), amount=money_words(grant.amount if grant else file.paid),
                left=money_words(file.left)))

    def _show_payment_form(self, locked: bool) -> None:
        payment, file = self.payments.current, self._file
        self.payment_form.setVisible(payment is not None and not locked)
        held = (payment is not None and payment.final and payment.paid_on is None and file is not None
                and bool(file.missing))
        self._pay_reason.setVisible(held)
        if held and file is not None:
            self._pay_reason.set_help(self.tr("Not in yet: {documents}").format(documents=", ".join(file.missing)))

    @Slot()
    def _preview(self) -> None:
        file = self._file
        if file is None:
            return
        table = next((t for t in file.tables if t.id == self.tables.value()), None)
        if table is None:
            self.preview.setText(self.tr("There is no table of grants yet. Enter one under Settings."))
        else:
            self.preview.setText(preview_words(file.by(table.id), table.currency))
        self.work_form.setVisible(table is not None and not self._work.desk.read_only)

    @Slot()
    def _chosen(self) -> None:
        chosen = self.calculations.current
        if chosen is not None and chosen.award.id != self._shown:
            self._shown = chosen.award.id
            self._show()

    @Slot()
    def _payment_chosen(self) -> None:
        self._work.show_fields(self._payment_fields)
        self._show_payment_form(self._work.desk.read_only)

    def _payment(self) -> GrantPayment | None:
        """The chosen instalment as it is in the file."""
        chosen, about = self.payments.current, self._work.about
        if chosen is None or about is None:
            return None
        return next((one for one in about.payments if one.id == chosen.id), None)

    def _payment_deed(self, payment: GrantPayment, fields: Mapping[str, Any]) -> Deed[Any]:
        assert self._file is not None
        if "paid_on" in fields:
            return grants.pay(self._file, payment, fields["paid_on"], self.pay_reason.value())
        return grants.change_payment(self._file, payment, **fields)
