"""Changing many projects at once: status, kind, programme, who answers for them, the next review."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.projects import Project
from partnerdesk.look.words import say
from partnerdesk.services import projects
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import term_choices
from partnerdesk.views.bulk import BulkEditor
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.long_work import LongWork
from partnerdesk.views.numberfield import TagsEditor


class ProjectBulk(BulkEditor):
    """The fields that make sense for many projects."""

    def __init__(self, desk: Desk, work: LongWork, parent: QWidget | None = None) -> None:
        super().__init__(desk, work, parent)
        editors: Mapping[str, QWidget] = {
            "status": ChoiceEditor(term_choices("project_status")), "kind": ChoiceEditor(term_choices("project_kind")),
            "our_role": ChoiceEditor(term_choices("project_role")), "programme": LineEditor(),
            "responsible": LineEditor(), "next_review": LenientDateField(),
            "health": ChoiceEditor([("", self.tr("As the dates say")), *term_choices("project_health")]),
            "currency": LineEditor(), "tags": TagsEditor(),
        }
        for name, editor in editors.items():
            self.form.add(name, say(field_label(name)), editor)

    def title_words(self) -> str:
        return self.tr("{n} projects selected")

    def verb_words(self) -> str:
        return self.tr("Change {n} projects")

    def read(self, reader: Any, ids: Sequence[int]) -> Iterable[Any]:
        found: dict[int, Project] = reader.many(Project, ids)
        return found.values()

    def deed(self, ids: Sequence[int], changes: Mapping[str, Any]) -> Deed[Any]:
        return projects.change_many(ids, changes, len(ids))
