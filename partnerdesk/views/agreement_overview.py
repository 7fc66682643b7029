"""The Overview tab: how long the agreement holds, what kind of paper it is, and what the rules say of it."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Agreement, AgreementVersion
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, day, day_range, near, number, say
from partnerdesk.models.agreement_words import validity_words
from partnerdesk.services import agreements
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import (
    Fact,
    ProblemList,
    Section,
    plain_language_options,
    term_options,
    whole_editor,
    year_editor,
)
from partnerdesk.views.agreement_work import Work
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import LineEditor, TextEditor, TickEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.layouts import Flow
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.segmented import Segmented

BY_YEARS, BY_DAYS = "years", "days"


class OverviewTab(Section):
    """Validity, facts that follow from it, and what stays the same over all versions."""

    open_agreement = Signal(int)
    new_version_wanted = Signal()

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Overview"))
        self._work = work
        self._mode = BY_YEARS
        self.problems = ProblemList()
        self.body.addWidget(self.problems)
        self._make_validity()
        self._make_paper()
        self._links = QWidget()
        Flow(self._links, 12)
        self.body.addWidget(self._links)
        self.body.addStretch()

    def renew(self, fresh: bool) -> None:
        """Show the agreement as it is now."""
        about, version, agreement = self._work.about, self._work.version, self._work.agreement
        if about is None or version is None or agreement is None:
            return
        by_years = version.first_year is not None or version.last_year is not None
        if by_years or version.valid_from is not None or version.valid_to is not None:
            self._mode = BY_YEARS if by_years else BY_DAYS
        elif fresh:
            self._mode = BY_YEARS
        self._show_mode()
        self._show_facts(version)
        self._show_links()
        self._show_problems(agreement, version)
        for field in self._paper_fields:
            field.set_locked(self.tr("Opened read-only") if self._work.desk.read_only else "")

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        target = self.findChild(QWidget, "type" if self._work.sealed else self._first_name())
        if target is not None:
            target.setFocus()

    def _make_validity(self) -> None:
        work = self._work
        self._segments = Segmented(
            self.tr("Validity is given by"), [(BY_YEARS, self.tr("Years")), (BY_DAYS, self.tr("Dates"))])
        self._segments.chosen.connect(self._choose_mode)
        self.validity = FormGrid()
        self.validity.add_head(self.tr("Validity"), self._segments)
        self._years = [self._term("first_year", year_editor(), short=True),
                       self._term("last_year", year_editor(), short=True)]
        self._days = [self._term("valid_from", LenientDateField(), short=True),
                      self._term("valid_to", LenientDateField(), short=True)]
        self._term("open_ended", TickEditor(self._label("open_ended")), wide=True)
        self._term("auto_renew_months", whole_editor(), short=True)
        self._term("notice_months", whole_editor(), short=True)
        self.body.addWidget(self.validity)
        self.sealed_head = FormGrid()
        self.sealed_head.add_head(self.tr("Validity"))
        self._holds = Fact(self.tr("Holds"))
        self._renews = Fact(self._label("auto_renew_months"))
        self._notice = Fact(self._label("notice_months"))
        self.sealed_head.add(self._holds, wide=True)
        self.sealed_head.add(self._notice, short=True)
        self.sealed_head.add(self._renews, short=True)
        self.body.addWidget(self.sealed_head)
        self.facts = FormGrid()
        self._span = Fact(self.tr("In days"))
        self._notice_on = Fact(self.tr("Notice by"))
        self._amend_on = Fact(self.tr("Amend places by"))
        self.facts.add(self._span, wide=True)
        self.facts.add(self._notice_on, short=True)
        self.facts.add(self._amend_on, short=True)
        self.body.addWidget(self.facts)
        work.renewed.connect(self._show_lock)

    def _make_paper(self) -> None:
        form = self.paper = FormGrid()
        self._paper_fields: list[Field] = []
        form.add_head(self.tr("Agreement"))
        self._paper("type", PickerField(term_options("agreement_type"), required=True), required=True)
        self._paper("programme", PickerField(term_options("programme"), placeholder=self.tr("None")))
        self._paper("title", LineEditor(), wide=True)
        self._paper("our_code", LineEditor(), short=True)
        self._paper("partner_code", LineEditor(), short=True)
        self._paper("languages", PickerField(plain_language_options(), many=True,
                                             placeholder=self.tr("Choose languages")))
        self._paper("location", LineEditor())
        self._paper("confidential", TickEditor(self._label("confidential")), wide=True)
        self._paper("remark", TextEditor(), wide=True)
        self.body.addWidget(form)

    def _term(self, name: str, editor: QWidget, *, short: bool = False, wide: bool = False) -> Field:
        field = Field(self._label(name), editor)
        self._work.bind(name, field, self._version_record, self._terms_deed)
        self.validity.add(field, short=short, wide=wide)
        return field

    def _paper(self, name: str, editor: QWidget, *, required: bool = False, short: bool = False,
               wide: bool = False) -> None:
        field = Field(self._label(name), editor, required=required)
        self._work.bind(name, field, self._agreement_record, self._paper_deed)
        self._paper_fields.append(field)
        self.paper.add(field, short=short, wide=wide)

    def _label(self, name: str) -> str:
        return say(field_label(name))

    def _version_record(self) -> AgreementVersion | None:
        return self._work.version

    def _agreement_record(self) -> Agreement | None:
        return self._work.agreement

    def _terms_deed(self, version: AgreementVersion, fields: Any) -> Deed[bool]:
        agreement = self._work.agreement
        assert agreement is not None
        return agreements.change_terms(agreement, version, **fields)

    def _paper_deed(self, agreement: Agreement, fields: Any) -> Deed[bool]:
        return agreements.change_agreement(agreement, **fields)

    def _first_name(self) -> str:
        return "first_year" if self._mode == BY_YEARS else "valid_from"

    @Slot()
    def _show_lock(self) -> None:
        locked = self._work.locked
        self.validity.setVisible(not locked)
        self.sealed_head.setVisible(locked)

    @Slot(str)
    def _choose_mode(self, mode: str) -> None:
        """Say the same validity the other way round: years as days, days as the years they lie in."""
        version, about = self._work.version, self._work.about
        agreement = self._work.agreement
        self._mode = mode
        self._show_mode()
        if version is None or about is None or agreement is None:
            return
        starts, ends = version.valid_from, version.valid_to
        fields: dict[str, Any] = {}
        if mode == BY_DAYS and (version.first_year is not None or version.last_year is not None):
            starts, ends = about.span(version)
            fields = {"first_year": None, "last_year": None, "valid_from": starts, "valid_to": ends}
        elif mode == BY_YEARS and (starts is not None or ends is not None):
            years = [AcademicYear.of(d, start=about.year_start).first if d else None for d in (starts, ends)]
            fields = {"first_year": years[0], "last_year": years[1], "valid_from": None, "valid_to": None}
        if fields:
            self._work.do(agreements.change_terms(agreement, version, **fields))

    def _show_mode(self) -> None:
        self._segments.set_value(self._mode)
        for field in self._years:
            field.setVisible(self._mode == BY_YEARS)
        for field in self._days:
            field.setVisible(self._mode == BY_DAYS)

    def _show_facts(self, version: AgreementVersion) -> None:
        about = self._work.about
        assert about is not None
        starts, ends = about.span(version)
        self._holds.say(validity_words(version, starts, ends))
        for fact, months in ((self._renews, version.auto_renew_months), (self._notice, version.notice_months)):
            fact.say(number(months) if months else NOTHING)
            fact.setVisible(bool(months))
        days = self.tr("from {day}, open-ended").format(day=day(starts)) if version.open_ended and starts else (
            day_range(starts, ends))
        self._span.say(days)
        self._span.setVisible(version.first_year is not None)
        notice = about.notice_on(version)
        running = ends is None or ends >= clock.today()
        amended = bool(about.file.conditions_of(version.id))
        self.facts.setVisible(running or version.first_year is not None)
        for fact in (self._notice_on, self._amend_on):
            fact.setVisible(running and (notice is not None or amended))
        self._notice_on.say(NOTHING, "muted")
        if notice is not None:
            late = notice < clock.today()
            words = self.tr("{day}, passed") if late else self.tr("{day}, {near}")
            self._notice_on.say(words.format(day=day(notice), near=near(notice)), "muted" if late else "text")
        words = self.tr("{day} for {year}").format(day=day(about.amend_by), year=about.amend_year.short)
        self._amend_on.say(words if amended else NOTHING)

    def _show_links(self) -> None:
        about = self._work.about
        assert about is not None
        layout = self._links.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        before = about.agreement.predecessor_id
        told = [(before, self.tr("Renews {name}"))] if before else []
        told += [(heir, self.tr("Renewed by {name}")) for heir in about.heirs]
        for agreement_id, words in told:
            button = Button(words.format(name=about.relatives.get(agreement_id, "")), "link", icon=Icon.RENEW)
            button.setProperty("agreement", agreement_id)
            button.clicked.connect(self._follow)
            layout.addWidget(button)
        self._links.setVisible(bool(told))

    @Slot()
    def _follow(self) -> None:
        button = self.sender()
        if button is not None:
            self.open_agreement.emit(int(button.property("agreement")))

    def _show_problems(self, agreement: Agreement, version: AgreementVersion) -> None:
        about = self._work.about
        assert about is not None
        found = list(about.problems(agreement, version))
        for condition in about.file.conditions_of(version.id):
            found += about.condition_problems(condition, version)
        self.problems.show_problems(list({say(p.message): p for p in found}.values()))
