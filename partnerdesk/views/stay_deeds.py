"""Lets stays go on, one or many: asks for the day or the reason a deed needs, and again where a rule wants a reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.domain.phases import PATH, Phase
from partnerdesk.domain.problems import PartnerDeskError, Refused
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say
from partnerdesk.models.stay_answers import weighed_lines
from partnerdesk.services import office as offices
from partnerdesk.services import stay_documents, stays
from partnerdesk.services.labels import field_label
from partnerdesk.services.stay_answers import STEPS, Weighed, weigh
from partnerdesk.views.agreement_fields import term_choices, term_options, whole_editor
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.dialogs import NARROW, DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.long_work import FEW, WRITING, Counted, LongWork

Answers = Mapping[str, Any]
MOST_SAID = 6
ROOMY = 480
_WAYS_OUT = (Phase.DECLINED, Phase.WITHDRAWN, Phase.INTERRUPTED)


@dataclass(frozen=True, slots=True)
class StayDeed:
    """A deed: its name, its verb for one and for many, what it asks for first, and how it is made.

    `make(ids, answers, name)`; `one` says that it is for a single stay only.
    """

    key: str
    verb: str
    many: str
    icon: Icon
    make: Callable[[Sequence[int], Answers, str], Deed[Any]]
    asks: tuple[str, ...] = ()
    one: bool = False


def stay_deeds() -> Sequence[StayDeed]:
    """The deeds in the order in which a stay goes through them."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("StayDeeds", source)

    return (
        StayDeed("select", tr("Select"), tr("Select {n} stays"), Icon.SELECTED, _select),
        StayDeed("nominate", tr("Nominate"), tr("Nominate {n} stays"), Icon.NOMINATED, _nominate, ("on",)),
        StayDeed("ask_again", tr("Ask again"), tr("Ask again about {n} stays"), Icon.NOMINATED, _ask_again, ("on",)),
        StayDeed("accept", tr("Record acceptance"), tr("Record {n} acceptances"), Icon.ACCEPTED, _accept,
                 ("on", "comment")),
        StayDeed("reject", tr("Record rejection"), tr("Record {n} rejections"), Icon.REJECTED, _reject,
                 ("on", "comment")),
        StayDeed("go_live", tr("Prepare departure"), tr("Prepare {n} departures"), Icon.PREPARING, _go_live),
        StayDeed("arrive", tr("Record arrival"), tr("Record {n} arrivals"), Icon.ABROAD, _arrive, ("on",)),
        StayDeed("leave", tr("Record return"), tr("Record {n} returns"), Icon.RETURNED, _leave, ("on",)),
        StayDeed("recognise", tr("Recognise"), tr("Recognise {n} stays"), Icon.RECOGNISED, _recognise),
        StayDeed("close", tr("Close the stay"), tr("Close {n} stays"), Icon.CLOSED, _close),
        StayDeed("reopen", tr("Open again"), tr("Open {n} stays again"), Icon.UNDO, _reopen),
        StayDeed("move", tr("Move to a phase"), tr("Move {n} stays to a phase"), Icon.FORWARD, _move, ("phase",)),
        StayDeed("document", tr("Set a document"), tr("Set a document of {n} stays"), Icon.DOCUMENT, _document,
                 ("document", "state", "note")),
        StayDeed("cancel", tr("Cancel the stay"), tr("Cancel {n} stays"), Icon.WITHDRAWN, _cancel,
                 ("way_out", "on", "reason")),
    )


class AskDeed(DialogShell):
    """Asks for what a deed needs; `answered(answers)` by the names of its fields."""

    answered = Signal(object)

    def __init__(self, parent: QWidget, title: str, verb: str, asks: Sequence[str], shown: Answers,
                 weighs: bool = False) -> None:
        """One that `weighs` has room for what a deed does to places."""
        super().__init__(parent, title, width=ROOMY if weighs else NARROW)
        self._fields: dict[str, Field] = {}
        grid = FormGrid(self)
        for name in asks:
            editor, label = self._editor(name)
            editor.setObjectName(name)
            self._fields[name] = Field(label, editor)
            wide = name in ("comment", "reason", "note")
            grid.add(self._fields[name], short=not wide, wide=wide)
            if name in shown:
                self._fields[name].set_value(shown[name])
        self._weighed = Words("", "small", "text2", wrap=True)
        self._weighed.hide()
        self.body.addWidget(self._weighed)
        self.body.addWidget(grid)
        self.add_button(self.tr("Leave it"))
        self.add_button(verb, "primary", "do")
        self.verb_chosen.connect(self._tell)
        self._fields[asks[0]].editor.setFocus()  # type: ignore[attr-defined]

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields by name."""
        return self._fields

    @property
    def weighed_words(self) -> str:
        """What is said of places and conditions."""
        return self._weighed.text()

    def say_weighed(self, weighed: Weighed) -> None:
        """Say what the deed does to places, and who does not fit the conditions."""
        lines = weighed_lines(weighed)
        more = len(lines) - MOST_SAID
        self._weighed.setText("\n".join(
            [*lines[:MOST_SAID], *([self.tr("and {n} more").format(n=number(more))] if more > 0 else [])]))
        self._weighed.setVisible(bool(lines))
        self.fit_height()

    def ready(self) -> bool:
        """Not while a day cannot be read, nor without the reason of an end."""
        for name, field in self._fields.items():
            commit = getattr(field.editor, "commit", None)
            if callable(commit):
                commit()
            if field.editor.notes.error == self.tr("This is needed"):
                field.set_error("")
            if field.editor.notes.error:
                return False
            needed = name in ("reason", "until", "days", "phase", "document") or self._wants_why(name)
            if needed and field.value() in (None, ""):
                field.set_error(self.tr("This is needed"))
                self.fit_height()
                return False
        return True

    def _wants_why(self, name: str) -> bool:
        """Whether a note has to say why: a document is rejected or waived."""
        state = self._fields.get("state")
        return name == "note" and state is not None and state.value() in stay_documents.WITH_REASON

    def _editor(self, name: str) -> tuple[QWidget, str]:
        if name == "way_out":
            return ChoiceEditor([(str(way), say(label_of("phase", way))) for way in _WAYS_OUT]), self.tr("How it ends")
        if name == "phase":
            return ChoiceEditor([(str(phase), say(label_of("phase", phase))) for phase in PATH]), self.tr("Phase")
        if name == "document":
            return PickerField(term_options("stay_document")), self.tr("Document")
        if name == "state":
            return ChoiceEditor(term_choices("document_state")), say(field_label("state"))
        if name in ("on", "until"):
            label = self.tr("Day") if name == "on" else say(field_label("planned_to"))
            return LenientDateField(), label
        if name == "days":
            return whole_editor(), say(field_label("interruption_days"))
        label = {"comment": say(field_label("status_comment")), "reason": self.tr("Reason")}.get(
            name, say(field_label("note")))
        return LineEditor(), label

    @Slot(str)
    def _tell(self, _: str) -> None:
        self.answered.emit({name: field.value() for name, field in self._fields.items()})


class AskReason(DialogShell):
    """Says what holds stays up, and takes the reason to go on all the same; `given(reason)`."""

    given = Signal(str)

    def __init__(self, parent: QWidget, error: Refused) -> None:
        super().__init__(parent, parent.tr("Not everything is as it should be"))
        said = list(dict.fromkeys(say(problem.message) for problem in error.problems))
        for sentence in said[:MOST_SAID]:
            self.body.addWidget(Words(sentence, "body", "text2", wrap=True))
        if len(said) > MOST_SAID:
            more = self.tr("and {n} more").format(n=number(len(said) - MOST_SAID))
            self.body.addWidget(Words(more, "body", "muted"))
        self._reason = LineEditor(parent=self)
        self._reason.setObjectName("reason")
        self._field = Field(self.tr("Reason to go on all the same"), self._reason, required=True)
        self.body.addWidget(self._field)
        self.add_button(self.tr("Leave it"))
        self.add_button(self.tr("Go on"), "primary", "on")
        self.verb_chosen.connect(self._tell)
        self._reason.setFocus()

    def ready(self) -> bool:
        """Not without a reason."""
        if self._reason.value().strip():
            return True
        self._field.set_error(self.tr("This is needed"))
        self.fit_height()
        return False

    @Slot(str)
    def _tell(self, _: str) -> None:
        self.given.emit(self._reason.value().strip())


class StayDeeds(QObject):
    """Begins deeds on stays; `done()` when one is in the file."""

    done = Signal()

    def __init__(self, desk: Desk, work: LongWork, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._work, self._window = desk, work, parent
        self._deeds = {deed.key: deed for deed in stay_deeds()}

    def begin(self, key: str, ids: Sequence[int], name: str = "", shown: Answers | None = None) -> None:
        """Ask for what the deed needs, then do it with these stays."""
        deed = self._deeds[key]
        if not ids or self._desk.read_only:
            return
        n = len(ids)
        title = deed.many.format(n=number(n)) if n > 1 else deed.verb
        if not deed.asks:
            self._do(deed, ids, name, {})
            return
        # without a day each arrival and return is dated as it was planned
        usual: dict[str, Any] = {} if n > 1 and key in ("arrive", "leave") else {"on": clock.today()}
        usual = {**usual, "way_out": "withdrawn", "state": "received", **(shown or {})}
        dialog = AskDeed(self._window, title, deed.verb, deed.asks, usual, key in STEPS)
        dialog.answered.connect(partial(self._do, deed, ids, name))
        dialog.open()
        if key in STEPS:
            self._desk.ask(lambda reader: weigh(reader, ids, key), partial(_tell_weighed, dialog),
                           key=(self, "weighed"), quiet=True)

    def ask(self, title: str, verb: str, asks: Sequence[str], shown: Answers,
            make: Callable[[Answers], Deed[Any]]) -> None:
        """Ask for what a deed of one stay needs, then do it."""
        dialog = AskDeed(self._window, title, verb, asks, shown)
        dialog.answered.connect(lambda answers: self._desk.do(make(answers), self._took))
        dialog.open()

    def _do(self, deed: StayDeed, ids: Sequence[int], name: str, answers: Answers) -> None:
        refused = partial(self._refused, deed, ids, name, answers)
        made = deed.make(ids, answers, name)
        if len(ids) <= FEW:
            self._desk.do(made, self._took, refused)
            return
        who, total = self._desk.who, len(ids)

        def job(office: Any, progress: Any) -> Changes:
            things = Counted(ids, lambda done: progress(done, total, WRITING))
            return offices.do(office, deed.make(things, answers, name), who)[1]

        def tell(changes: Changes) -> None:
            self._desk.tell(changes, made)
            self._took(None)

        self._work.run(job, tell, deed.many.format(n=number(len(ids))), refused)

    def _took(self, _: Any) -> None:
        self.done.emit()

    def _refused(self, deed: StayDeed, ids: Sequence[int], name: str, answers: Answers, error: Exception) -> None:
        problems = error.problems if isinstance(error, Refused) else ()
        blocks = [p for p in problems if p.severity == "block"]
        if isinstance(error, Refused) and blocks and all(p.values.get("passable") for p in blocks):
            dialog = AskReason(self._window, error)
            dialog.given.connect(lambda reason: self._do(deed, ids, name, {**answers, "reason": reason}))
            dialog.open()
        elif isinstance(error, PartnerDeskError):
            self._desk.trouble.emit(error)


def _tell_weighed(dialog: AskDeed, weighed: Weighed) -> None:
    if shiboken6.isValid(dialog):
        dialog.say_weighed(weighed)


def _select(ids: Sequence[int], _: Answers, name: str) -> Deed[Any]:
    return stays.select(ids, name=name)


def _nominate(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stays.nominate(ids, a.get("on"), a.get("reason", ""), name=name)


def _ask_again(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stays.ask_again(ids, a.get("on"), name=name)


def _accept(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stays.answer(ids, True, a.get("on"), a.get("comment", ""), name=name)


def _reject(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stays.answer(ids, False, a.get("on"), a.get("comment", ""), name=name)


def _go_live(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stays.go_live(ids, a.get("reason", ""), name=name)


def _arrive(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stays.arrive(ids, a.get("on"), a.get("reason", ""), name=name)


def _leave(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stays.leave(ids, a.get("on"), name=name)


def _recognise(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stays.recognise(ids, a.get("reason", ""), name=name)


def _close(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stays.close(ids, a.get("on"), a.get("reason", ""), name=name)


def _reopen(ids: Sequence[int], _: Answers, name: str) -> Deed[Any]:
    return stays.reopen(ids, name=name)


def _move(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stays.move_to(ids, Phase(a["phase"]), a.get("reason", ""), name=name)


def _document(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stay_documents.set_state_of_stays(ids, "", a["document"], a["state"], a.get("note", "").strip())


def _cancel(ids: Sequence[int], a: Answers, name: str) -> Deed[Any]:
    return stays.cancel(ids, Phase(a["way_out"]), a.get("reason", ""), a.get("on"), name=name)
