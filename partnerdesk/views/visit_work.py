"""The visit on the desk: what is known of it, and how each field of its form is written and kept."""

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from partnerdesk.domain.journal import Changes
from partnerdesk.domain.visits import Visit
from partnerdesk.look.words import say
from partnerdesk.services import visits
from partnerdesk.services.labels import field_label
from partnerdesk.services.visits import VisitFile, visit_file
from partnerdesk.views.form_work import FormWork
from partnerdesk.views.kit.forms import Field, FormGrid


class VisitWork(FormWork):
    """Asks for a visit with all that belongs to it, and writes its fields."""

    kind = "visit"
    about: VisitFile | None

    @property
    def visit(self) -> Visit | None:
        """The visit shown, edits on their way included."""
        return None if self.about is None else cast(Visit, self.latest(self.about.visit))

    @property
    def file(self) -> VisitFile:
        """All that the form shows; only asked for while a visit is shown."""
        assert self.about is not None
        return self.about

    def add(self, grid: FormGrid, name: str, editor: QWidget, place: str, label: str = "",
            required: bool = False) -> Field:
        """Put a field of the visit into a form; `place` is short or wide."""
        field = Field(label or say(field_label(name)), editor, required=required)
        grid.add(field, short=place == "short", wide=place == "wide")
        return self.bind(name, field, lambda: self.visit, lambda visit, fields: visits.change_visit(visit, **fields))

    def question(self, record_id: int) -> Callable[[Any], VisitFile]:
        return lambda reader: visit_file(reader, record_id)

    def id_of(self, about: VisitFile) -> int:
        return about.visit.id

    def concerns(self, changes: Changes) -> bool:
        if self.record_id in changes.ids("visit") or changes.ids("setting"):
            return True
        about = self.about
        return about is not None and bool(
            changes.ids("partner") & about.institutions.keys() or changes.ids("project") & {about.visit.project_id})
