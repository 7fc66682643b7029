"""What a project is called in sentences, and what the menu of undo says of changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partnerdesk.domain.projects import Project, ProjectLine
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text


def named(project: Project | ProjectLine) -> str:
    """What a project is called in a sentence: its acronym, else its title."""
    return project.acronym.strip() or project.title.strip()


def changed_text(name: str, fields: Mapping[str, Any]) -> Text:
    """What the menu of undo says of changed fields of what is called so."""
    from partnerdesk.services.labels import field_label

    if len(fields) == 1:
        (only,) = fields
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {field} of {name}"), field=field_label(only), name=name)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {name}"), name=name)
