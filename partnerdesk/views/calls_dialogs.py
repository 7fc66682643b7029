"""What is asked around a call before anything happens: a new one, an applicant, a run, a place by hand."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.calls import Application, Call
from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import PartnerDeskError, Refused
from partnerdesk.look.cells import Chip, Number, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import height, px
from partnerdesk.look.words import NOTHING, number, say
from partnerdesk.models.calls import short_offer
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.services import calls, importing_applicants, offers, placing
from partnerdesk.services.importing_applicants import ApplicantPlan, ApplicantRow
from partnerdesk.services.offers import Aftermath
from partnerdesk.services.placing import CallFile, Run
from partnerdesk.services.placing import Outcome as Decided
from partnerdesk.views.agreement_fields import term_choices, term_options, year_editor
from partnerdesk.views.data_table import LinesTable
from partnerdesk.views.kit.dialogs import WIDE, DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.stay_new import person_provider

MOST_SAID = 12


class Asking(DialogShell):
    """A dialog that does one deed when its verb is pressed; what is refused is said in it."""

    def __init__(self, desk: Desk, parent: QWidget, title: str, text: str = "", width: int = 460) -> None:
        super().__init__(parent, title, text, width)
        self.subject = object()
        self.desk = desk
        self.fields: dict[str, Field] = {}
        self.grid = FormGrid(self)
        self.said = Words("", "small", "danger", wrap=True)
        self.said.hide()

    def add_field(self, name: str, label: str, editor: QWidget, *, short: bool = False, required: bool = False) -> None:
        """Add a field under a name."""
        editor.setObjectName(name)
        field = Field(label, editor, required=required)
        self.fields[name] = field
        self.grid.add(field, short=short, wide=not short)

    def finish(self, verb: str) -> None:
        """Add what every such dialog ends with."""
        if self.fields:
            self.body.addWidget(self.grid)
        self.body.addWidget(self.said)
        self.add_button(self.tr("Cancel"))
        go = self.add_button(verb, "primary")
        go.clicked.disconnect()
        go.clicked.connect(self.go)
        go.setFocus()

    def value(self, name: str) -> Any:
        """What stands in a field."""
        return self.fields[name].value()

    @Slot()
    def go(self) -> None:
        """Do it."""
        raise NotImplementedError

    def refused(self, error: Exception) -> None:
        """Say beside the field, or beneath all, why it was not done."""
        if not isinstance(error, PartnerDeskError):
            self.desk.bug.emit(error)
            return
        problems = error.problems if isinstance(error, Refused) else ()
        left = []
        for problem in problems:
            field = self.fields.get(problem.field)
            fix = say(problem.fix) if problem.fix is not None else ""
            if field is not None:
                field.set_error(say(problem.message), fix)
            else:
                left.append(" · ".join(part for part in (say(problem.message), fix) if part))
        self.tell("\n".join(left) if problems else say(error.message))

    def tell(self, words: str) -> None:
        """Say something beneath the fields."""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.fit_height()


class NewCall(Asking):
    """`made(id)` when the call is there."""

    made = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget, year: int) -> None:
        super().__init__(desk, parent, parent.tr("New call"))
        self.add_field("title", self.tr("Title"), LineEditor(), required=True)
        self.add_field("year", self.tr("Academic year"), year_editor(), short=True, required=True)
        self.add_field("term", self.tr("Term"), ChoiceEditor([("", self.tr("Any term")), *term_choices("term")]),
                       short=True)
        self.add_field("activity", self.tr("Activity"), PickerField(term_options("activity"), required=True))
        self.finish(self.tr("Open the call"))
        self.fields["year"].set_value(year)
        self.fields["term"].set_value("")
        self.fields["activity"].set_value("student-studies")
        self.fields["title"].editor.setFocus()  # type: ignore[attr-defined]

    @Slot()
    def go(self) -> None:
        for field in self.fields.values():
            field.set_error("")
        wanted = Call(title=" ".join(str(self.value("title") or "").split()), year=self.value("year"),
                      term=self.value("term") or "", activity=self.value("activity"))
        self.desk.do(calls.new_call(wanted), self._done, self.refused)

    def _done(self, call_id: int) -> None:
        self.accept()
        self.made.emit(call_id)


class NewApplicant(Asking):
    """Enters the application of somebody who is known; `made(id)` then."""

    made = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget, call: Call) -> None:
        super().__init__(desk, parent, parent.tr("New application"))
        self._call = call
        self._person: Person | None = None
        self.add_field("person_id", self.tr("Person"), PickerField(person_provider(desk), label_of=self._name),
                       required=True)
        self.fields["person_id"].edited.connect(self._picked)
        self.finish(self.tr("Enter the application"))
        self.fields["person_id"].editor.setFocus()  # type: ignore[attr-defined]

    def _name(self, _: Any) -> str:
        return self._person.full_name if self._person is not None else ""

    @Slot(object)
    def _picked(self, person_id: object) -> None:
        self.fields["person_id"].set_error("")
        if isinstance(person_id, int):
            self.desk.ask(lambda reader: reader.get(Person, person_id), self._take, key=(self, "person"))

    def _take(self, person: Person) -> None:
        self._person = person
        self.fields["person_id"].set_value(person.id)

    @Slot()
    def go(self) -> None:
        if self._person is None or self._person.id != self.value("person_id"):
            self.fields["person_id"].set_error(self.tr("Choose the person; new ones are entered on the People page"))
            self.fit_height()
            return
        self.desk.do(calls.add_application(self._call, self._person), self._done, self.refused)

    def _done(self, application_id: int) -> None:
        self.accept()
        self.made.emit(application_id)


class RunPreview(Asking):
    """What a run of the placement decides, before it is written: counts, what differs, what to look at."""

    def __init__(self, desk: Desk, parent: QWidget, run: Run) -> None:
        super().__init__(desk, parent, parent.tr("Run the placement"), width=WIDE)
        self.run = run
        file = run.file
        self.summary = Words(say(placing.sentence_of(run)), "body", "text", wrap=True)
        self.body.addWidget(self.summary)
        wishes = [self.tr("wish {wish}: {n}").format(wish=wish, n=number(n)) for wish, n in run.by_wish.items()]
        if wishes:
            self.body.addWidget(Words(self.tr("Placed on {wishes}").format(wishes=", ".join(wishes)), "small", "text2",
                                      wrap=True))
        if run.unscored:
            self.body.addWidget(Words(self.tr("{n} of them lack points in some part of the score and have none there.")
                                      .format(n=number(run.unscored)), "small", "warn", wrap=True))
        for seat_id in run.over:
            self.body.addWidget(Words(self.tr("{place} has more people than places, placed by hand.").format(
                place=file.seat_name(seat_id)), "small", "warn", wrap=True))
        self.body.addWidget(Words(self.tr("Equal points go by the parts of the score in their order, then by who was "
                                          "entered first."), "small", "muted", wrap=True))
        self.table = LinesTable(self.tr("What changes"), _changes_model(run, self), "row")
        self.table.show_lines(run.changes)
        self.table.setFixedHeight(px(240))
        if run.changes:
            self.body.addWidget(self.table)
            self.finish(self.tr("Write the placement"))
        else:
            self.body.addWidget(Words(self.tr("Nothing would change."), "body", "text2"))
            self.add_button(self.tr("Close"), "primary")

    @Slot()
    def go(self) -> None:
        self.desk.do(placing.run_deed(self.run), self._done, self.refused)

    def _done(self, _: int) -> None:
        self.accept()


class PlaceByHand(Asking):
    """Gives somebody a place that runs keep; over the quota only with a reason, and never over a hard one."""

    def __init__(self, desk: Desk, parent: QWidget, file: CallFile, application: Application) -> None:
        name = file.name(application.id)
        super().__init__(desk, parent, parent.tr("Place {name} by hand").format(name=name))
        self._application, self._name = application, name
        self._wished = [i for i, _ in file.placement.hopefuls[application.id].wishes]
        self.add_field("condition_id", self.tr("Place"), PickerField(self._options(file, ()), required=True),
                       required=True)
        self.add_field("reason", self.tr("Reason, where the rules speak against it"), LineEditor())
        self.finish(self.tr("Place"))
        self._file = file
        self.fields["condition_id"].editor.setFocus()  # type: ignore[attr-defined]
        desk.ask(lambda reader: calls.goals(reader, file.call), self._take, key=(self, "goals"))

    def _take(self, found: Sequence[calls.Goal]) -> None:
        editor = self.fields["condition_id"].editor
        assert isinstance(editor, PickerField)
        editor.set_options(self._options(self._file, found))

    def _options(self, file: CallFile, found: Sequence[calls.Goal]) -> list[Option]:
        """The wishes first, then every other place of the call's activity."""
        seats = file.placement.seats
        options = [Option(i, seats[i].name, self.tr("wish {n}").format(n=n))
                   for n, i in enumerate(self._wished, 1) if i in seats]
        options += [Option(i, seat.name) for i, seat in sorted(seats.items(), key=lambda one: one[1].name)
                    if i not in self._wished]
        options += [Option(goal.condition.id, f"{goal.place.partner} ({goal.place.code})") for goal in found
                    if goal.condition.id not in seats]
        return options

    @Slot()
    def go(self) -> None:
        for field in self.fields.values():
            field.set_error("")
        condition_id = self.value("condition_id")
        if condition_id is None:
            self.fields["condition_id"].set_error(self.tr("Choose a place"))
            self.fit_height()
            return
        deed = offers.place_by_hand(self._application, self._name, condition_id, str(self.value("reason") or ""))
        self.desk.do(deed, self._done, self.refused)

    def refused(self, error: Exception) -> None:
        super().refused(error)
        if isinstance(error, Refused) and all(problem.severity == "warn" for problem in error.problems):
            self.fields["reason"].editor.setFocus()  # type: ignore[attr-defined]

    def _done(self, _: None) -> None:
        self.accept()


class Withdrawal(Asking):
    """Shows who moves up when applicants withdraw, and takes them out."""

    def __init__(self, desk: Desk, parent: QWidget, file: CallFile, applications: Sequence[Application]) -> None:
        n = len(applications)
        title = (parent.tr("Withdraw {name}").format(name=file.name(applications[0].id)) if n == 1
                 else parent.tr("Withdraw {n} applications").format(n=number(n)))
        super().__init__(desk, parent, title, width=500)
        self._file, self._applications = file, list(applications)
        self.moves = Words(self.tr("Looking who moves up."), "body", "text2", wrap=True)
        self.body.addWidget(self.moves)
        self.finish(self.tr("Withdraw"))
        gone = [one.id for one in applications]
        desk.ask(lambda _: offers.aftermath(file, gone), self._take, key=(self, "aftermath"))

    def _take(self, after: Aftermath) -> None:
        said = [self.tr("{name}: {what}").format(name=self._file.name(move.hopeful_id), what=say(after.said(move)))
                for move in after.moves[:MOST_SAID]]
        if len(after.moves) > MOST_SAID:
            said.append(self.tr("and {n} more").format(n=number(len(after.moves) - MOST_SAID)))
        if said:
            said.insert(0, self.tr("The next run of the placement would move these:"))
        self.moves.setText("\n".join(said) or self.tr("Nobody would move up."))
        self.fit_height()

    @Slot()
    def go(self) -> None:
        self.desk.do(offers.withdraw(self._applications), self._done, self.refused)

    def _done(self, _: None) -> None:
        self.accept()


class ImportPreview(Asking):
    """The rows of a spreadsheet of applicants and what becomes of each, before they are written."""

    def __init__(self, desk: Desk, parent: QWidget, plan: ApplicantPlan) -> None:
        super().__init__(desk, parent, parent.tr("Import applicants"), width=WIDE)
        self.plan = plan
        counts = {outcome: plan.count(outcome) for outcome in Outcome}
        self.summary = Words(self.tr("{new} new, {changed} changed, {same} the same, {rejected} rejected").format(
            new=number(counts[Outcome.NEW]), changed=number(counts[Outcome.CHANGED]),
            same=number(counts[Outcome.SAME]), rejected=number(counts[Outcome.REJECTED])), "body", "text", wrap=True)
        self.body.addWidget(self.summary)
        if plan.unused:
            self.body.addWidget(Words(self.tr("Columns that were not understood: {columns}").format(
                columns=", ".join(plan.unused)), "small", "muted", wrap=True))
        self.table = LinesTable(self.tr("Rows"), _rows_model(self), "row_two")
        self.table.show_lines(plan.rows)
        self.table.setFixedHeight(height("table_header") + min(len(plan.rows), 6) * height("row_two") + 2)
        self.body.addWidget(self.table)
        if plan.writes:
            self.finish(self.tr("Import {n}").format(n=number(counts[Outcome.NEW] + counts[Outcome.CHANGED])))
        else:
            self.add_button(self.tr("Close"), "primary")

    @Slot()
    def go(self) -> None:
        self.desk.do(importing_applicants.import_deed(self.plan), self._done, self.refused)

    def _done(self, _: int) -> None:
        self.accept()


def _tr(source: str) -> str:
    return QCoreApplication.translate("Calls", source)


def _changes_model(run: Run, parent: QWidget) -> LinesModel[Decided]:
    file = run.file

    def name(line: Decided) -> str:
        return file.listed_name(line.application_id)

    def rank(line: Decided) -> Number:
        return Number(number(file.placement.ranks[line.application_id]))

    def now(line: Decided) -> Soft:
        one = file.applications[line.application_id]
        return Soft(file.seat_name(one.condition_id) or short_offer(one.offer))

    def then(line: Decided) -> str:
        return file.seat_name(line.condition_id) or short_offer(line.offer)

    columns: Sequence[LineColumn[Decided]] = (
        LineColumn(_tr("Rank"), rank, 62, right=True), LineColumn(_tr("Applicant"), name),
        LineColumn(_tr("Now"), now, 100), LineColumn(_tr("Then"), then))
    return LinesModel(columns, lambda line: line.application_id,
                      lambda line: f"{name(line)}: {then(line)}", parent)


def _rows_model(parent: QWidget) -> LinesModel[ApplicantRow]:
    chips = {
        Outcome.NEW: Chip("success", _tr("New"), Icon.ADD),
        Outcome.CHANGED: Chip("info", _tr("Changed"), Icon.EDIT),
        Outcome.SAME: Chip("neutral", _tr("The same"), Icon.DASH),
        Outcome.REJECTED: Chip("danger", _tr("Rejected"), Icon.REMOVE),
        Outcome.DUPLICATE: Chip("warn", _tr("Twice"), Icon.DUPLICATE),
    }

    def chip(line: ApplicantRow) -> Chip:
        return chips[line.outcome]

    def told(line: ApplicantRow) -> str:
        return say(line.reason) if line.reason is not None else " · ".join(say(note) for note in line.notes)

    def name(line: ApplicantRow) -> TwoLine:
        return TwoLine(line.name or NOTHING, told(line))

    columns: Sequence[LineColumn[ApplicantRow]] = (
        LineColumn(_tr("Row"), lambda line: Number(number(line.number)), 58, right=True),
        LineColumn(_tr("Applicant"), name), LineColumn(_tr("Result"), chip, 104),
        LineColumn(_tr("Wishes"), lambda line: Number(number(len(line.wishes))), 76, right=True))
    return LinesModel(columns, lambda line: line.number,
                      lambda line: f"{line.name}, {chip(line).word}, {told(line)}", parent)
