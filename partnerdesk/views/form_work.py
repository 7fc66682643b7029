"""A record on the desk: what is known of it, and how each field of its form is written and kept."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol, cast

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from partnerdesk.bridge.desk import Answer, Desk
from partnerdesk.domain import clock
from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.domain.problems import EnvironmentTrouble, Missing, PartnerDeskError, Refused, Superseded
from partnerdesk.look.words import say
from partnerdesk.views.kit.forms import Field
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.savestate import SaveState

RecordOf = Callable[[], Any]
DeedOf = Callable[[Any, Mapping[str, Any]], Deed[Any]]


class Target(Protocol):
    """Where a value is edited: a field of a form, or a cell of a grid."""

    @property
    def record(self) -> RecordOf: ...

    def deed(self, record: Any, fields: Mapping[str, Any]) -> Deed[Any]: ...

    def mark(self, edit: "Edit", sentence: str, fix: str) -> None: ...

    def forgive(self) -> None: ...

    def refill(self) -> None: ...


@dataclass(eq=False)
class Bound:
    """A field of a form and the record's field it edits; called with the new value when it is left."""

    work: "FormWork"
    name: str
    field: Field
    record: RecordOf
    make: DeedOf

    def __call__(self, value: Any) -> None:
        record = self.record()
        # a picker without a choice gives None, where the record keeps an empty code
        is_code = record is not None and isinstance(getattr(record, self.name), str)
        self.work.write(self, {self.name: "" if value is None and is_code else value})

    def stored(self) -> Any:
        """The record's value as the field takes it; edits on their way included."""
        record = self.record()
        value = getattr(self.work.latest(record), self.name) if record is not None else None
        return None if value == "" and isinstance(self.field.editor, PickerField) else value

    def deed(self, record: Any, fields: Mapping[str, Any]) -> Deed[Any]:
        """The deed that writes the fields."""
        return self.make(record, fields)

    def mark(self, edit: "Edit", sentence: str, fix: str) -> None:
        """Say beneath the field what is wrong; what was typed stays."""
        self.field.set_error(sentence, fix)

    def forgive(self) -> None:
        """Nothing is wrong any more."""
        self.field.set_error("")

    def refill(self) -> None:
        """Show the record's value."""
        self.field.set_value(self.stored())


@dataclass(eq=False)
class Edit:
    """One change on its way to the file: which record, what it gets, and what stood there before."""

    work: "FormWork"
    bound: Target
    record: Any
    fields: dict[str, Any]
    landed: bool = field(default=False)

    @property
    def about(self) -> tuple[type, int]:
        """Which record it changes."""
        return type(self.record), self.record.id

    @property
    def subject(self) -> object:
        """What a later change of the same field stands for too."""
        return self.bound

    def took(self, _: Any) -> None:
        """It is in the file."""
        if shiboken6.isValid(self.work):
            self.work.took(self)

    def refused(self, error: Exception) -> None:
        """It is not in the file."""
        if shiboken6.isValid(self.work):
            self.work.refused(self, error)


class FormWork(QObject):
    """Asks for a record, hears when it changes, and writes the fields bound to it, one deed each.

    `about` is the answer of `question`, all that the form shows. `renewed(fresh)` when there is something to show,
    fresh when it is another record; `conflicted(Edit)` when somebody else changed the very field;
    `failed(sentence, fix)` when a deed is refused. `kind` names the kind of its records, such as "person".
    """

    renewed = Signal(bool)
    conflicted = Signal(object)
    failed = Signal(str, str)
    kind = ""

    def __init__(self, desk: Desk, foot: SaveState, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.about: Any = None
        self._foot = foot
        self._id: int | None = None
        self._fresh = True
        self._awake = True
        self._stale = False
        self._bound: list[Bound] = []
        self._edits: list[Edit] = []
        self._again: list[Edit] = []
        self._wrong: dict[Target, str] = {}
        desk.changed.connect(self._hear)
        desk.closed.connect(self._close)
        desk.opened.connect(self.ask)

    @property
    def record_id(self) -> int | None:
        """The record shown, or None."""
        return self._id

    @property
    def clean(self) -> bool:
        """Whether everything typed has been taken."""
        return not self._wrong

    def question(self, record_id: int) -> Callable[[Any], Any]:
        """The question for all that the form shows of a record; it raises Missing."""
        raise NotImplementedError

    def id_of(self, about: Any) -> int:
        """The record that an answer is about."""
        raise NotImplementedError

    def concerns(self, changes: Changes) -> bool:
        """Whether a change is seen in the form."""
        raise NotImplementedError

    def begin(self) -> None:
        """Another record is shown from now on."""

    def prepare(self) -> None:
        """A record has come and its fields are about to be filled."""

    def show_id(self, record_id: int | None) -> None:
        """Show another record, or none."""
        if record_id == self._id and self.about is not None:
            return
        self._id = record_id
        self.begin()
        self.about, self._fresh = None, True
        self._edits.clear()
        self._again.clear()
        self._foot.clear()
        if record_id is None:
            self.renewed.emit(True)
        else:
            self.ask()

    def show_afresh(self, known: bool) -> None:
        """Show another part of the record as if it were another one; where it is not known yet, ask for it."""
        self._fresh = True
        if known:
            self._renew()
        else:
            self.ask()

    @Slot()
    def ask(self) -> None:
        """Ask for the record as it is now."""
        if self._id is not None and self.desk.is_open:
            self.desk.ask(self.question(self._id), self._take, key=(self, "about"), failure=self._lost)

    def set_awake(self, awake: bool) -> None:
        """While nobody sees it, it only notes that it is stale."""
        self._awake = awake
        if awake and self._stale:
            self._stale = False
            self.ask()

    def bind(self, name: str, shown: Field, record: RecordOf, deed: DeedOf) -> Field:
        """Let a field edit `name` of the record that `record` gives, by the deed that `deed` makes."""
        bound = Bound(self, name, shown, record, deed)
        self._bound.append(bound)
        cast(QWidget, shown.editor).setObjectName(name)
        shown.edited.connect(bound)
        return shown

    def unbind(self, room: QWidget) -> None:
        """Forget the fields inside a widget that is going."""
        self._bound = [bound for bound in self._bound if not room.isAncestorOf(bound.field)]

    def write(self, bound: Target, fields: dict[str, Any]) -> None:
        """Write fields of the bound field's record."""
        record = bound.record()
        if record is None:
            return
        record = self.latest(record)
        edit = Edit(self, bound, record, fields)
        self._edits.append(edit)
        self._foot.saving()
        self.desk.do(bound.deed(record, fields), edit.took, edit.refused)

    def do(self, deed: Deed[Any], answer: Answer | None = None) -> None:
        """Do a deed that belongs to no field; a refusal is told through `failed`."""
        self._foot.saving()
        self.desk.do(deed, partial(self._answered, answer), self._refused_deed)

    def latest(self, record: Any) -> Any:
        """A record as it will be when the edits on their way have landed."""
        for edit in self._edits:
            if edit.about == (type(record), record.id) and record.version <= edit.record.version:
                record = replace(record, **edit.fields, version=edit.record.version + 1)
        return record

    def flush(self) -> bool:
        """Commit the field being edited; False while something typed is refused."""
        at = QApplication.focusWidget()
        while at is not None:
            commit = getattr(at, "commit", None)
            if callable(commit):
                commit()
                break
            at = at.parentWidget()
        return self.clean

    def fill(self, fresh: bool) -> None:
        """Show the records' values in the bound fields; what was refused or is being typed stays."""
        for bound in self._bound:
            if not fresh and (bound in self._wrong or any(edit.bound is bound for edit in self._again)):
                continue
            value = bound.stored()
            if fresh or bound.field.value() != value:
                bound.field.set_value(value)
        if not fresh:
            self._tell_state()

    def show_fields(self, fields: Collection[Field]) -> None:
        """Show another record in some fields; what was wrong in them is let go."""
        for bound in self._bound:
            if bound.field in fields:
                self.drop(bound)
                bound.forgive()
                bound.refill()

    def set_wrong(self, target: Target, sentence: str) -> None:
        """Note that what stands in a field or cell is not in the file."""
        self._wrong[target] = sentence
        self._tell_state()

    def drop(self, target: Target) -> None:
        """Nothing stands there any more that is not in the file."""
        if self._wrong.pop(target, None) is not None:
            if self._wrong:
                self._tell_state()
            else:
                self._foot.saved(clock.now())

    def took(self, edit: Edit) -> None:
        """An edit is in the file."""
        edit.landed = True
        if self._wrong.pop(edit.bound, None) is not None:
            edit.bound.forgive()
        self._foot.saved(clock.now())
        self._tell_state()

    def refused(self, edit: Edit, error: Exception) -> None:
        """An edit was not taken: what was typed stays, with the reason beneath it."""
        if edit in self._edits:
            self._edits.remove(edit)
        if isinstance(error, Superseded):
            self._again.append(edit)
            self.ask()
            return
        fix = ""
        if isinstance(error, Refused) and error.problems[0].fix is not None:
            fix = say(error.problems[0].fix)
        self._mark(edit, say(error.message) if isinstance(error, PartnerDeskError) else str(error), fix)

    def keep_mine(self, edit: Edit) -> None:
        """Write an edit again over what somebody else wrote."""
        self._wrong.pop(edit.bound, None)
        edit.bound.forgive()
        self.write(edit.bound, edit.fields)

    def take_theirs(self, edit: Edit) -> None:
        """Let go of an edit and show what somebody else wrote."""
        self._wrong.pop(edit.bound, None)
        edit.bound.forgive()
        edit.bound.refill()
        self._foot.saved(clock.now())
        self._tell_state()

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if self._id is None or not self.concerns(changes):
            return
        if self._awake:
            self.ask()
        else:
            self._stale = True

    @Slot(object)
    def _take(self, about: Any) -> None:
        if self.id_of(about) != self._id:
            return
        self.about = about
        self._edits = [edit for edit in self._edits if not edit.landed]
        self._renew()
        again, self._again = self._again, []
        for edit in again:
            self._try_again(edit)

    def _renew(self) -> None:
        fresh, self._fresh = self._fresh, False
        if fresh:
            wrong, self._wrong = list(self._wrong), {}
            for target in wrong:
                target.forgive()
        self.prepare()
        self.fill(fresh)
        self.renewed.emit(fresh)

    def _try_again(self, edit: Edit) -> None:
        """Write an edit again where somebody else changed other fields only; else ask whose holds."""
        record = edit.bound.record()
        if record is None:
            return
        if all(getattr(record, name) == getattr(edit.record, name) for name in edit.fields):
            self.write(edit.bound, edit.fields)
            return
        self._mark(edit, self.tr("Somebody else changed this field meanwhile"), "")
        self.conflicted.emit(edit)

    def _mark(self, edit: Edit, sentence: str, fix: str) -> None:
        self._wrong[edit.bound] = sentence
        edit.bound.mark(edit, sentence, fix)
        self._tell_state()

    def _tell_state(self) -> None:
        if self._wrong:
            self._foot.refused(next(iter(self._wrong.values())))

    @Slot(object)
    def _answered(self, answer: Answer | None, result: Any) -> None:
        if not shiboken6.isValid(self):
            return
        self._foot.saved(clock.now())
        self._tell_state()
        owner = getattr(answer, "__self__", None)
        if answer is not None and (not isinstance(owner, QObject) or shiboken6.isValid(owner)):
            answer(result)

    @Slot(object)
    def _refused_deed(self, error: Exception) -> None:
        self._foot.clear()
        self._tell_state()
        if isinstance(error, PartnerDeskError) and not isinstance(error, EnvironmentTrouble):
            fix = ""
            if isinstance(error, Refused) and error.problems[0].fix is not None:
                fix = say(error.problems[0].fix)
            self.failed.emit(say(error.message), fix)
        self.ask()

    @Slot(object)
    def _lost(self, error: Exception) -> None:
        if isinstance(error, Missing):
            self.show_id(None)

    @Slot()
    def _close(self) -> None:
        self.show_id(None)
