"""The office file as a whole: making and opening it, its settings, its saved views."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.domain.office import SavedView, Setting
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services import paths

if TYPE_CHECKING:
    from partnerdesk.store.office import Office
    from partnerdesk.store.unit import Reader, Unit

DEFAULTS: Mapping[str, Any] = {
    "office.name": "",
    "office.unit": "",
    "office.address": "",
    "office.logo": "",
    "office.people": [],
    "office.year_start": "09-01",
    "office.paper": "A4",
    "quality.different": [],
    "grades.tie": "best",
    "learning.least": 30,
    "learning.most": 35,
}
"""Settings that travel with the office file, and what holds until one is made."""


def open_file(path: Path, *, read_only: bool = False) -> Office:
    """Open an office file. Raises BadFile, EnvironmentTrouble."""
    from partnerdesk.store.office import open_office

    return open_office(path, read_only=read_only, backups=paths.backup_folder(path))


def create_file(path: Path) -> Office:
    """Make an empty office file. Raises BadFile, EnvironmentTrouble."""
    from partnerdesk.store.office import create_office

    return create_office(path)


def do(office: Office, deed: Deed[Any], who: str) -> tuple[Any, Changes]:
    """Do a deed in one writing unit; its answer and the news."""
    with office.write(deed.label, who, kind=deed.kind, reason=deed.reason) as unit:
        answer = deed.run(unit)
    return answer, unit.changes()


def settings(reader: Reader) -> dict[str, Any]:
    """All office settings, defaults filled in."""
    return {**DEFAULTS, **{s.key: json.loads(s.value) for s in reader.find(Setting)}}


def change_settings(**values: Any) -> Deed[None]:
    """Change office settings; names are given with an underscore for the dot: office_name."""
    wanted = {key.replace("_", ".", 1): json.dumps(value, ensure_ascii=False) for key, value in values.items()}

    def run(unit: Unit) -> None:
        for key, value in wanted.items():
            old = unit.find(Setting, key=key)
            if old:
                unit.change(Setting, old[0].id, None, value=value)
            else:
                unit.add(Setting(key=key, value=value))

    return Deed(Text(QT_TRANSLATE_NOOP("PartnerDesk", "change the office settings")), run)


def set_home(**fields: Any) -> Deed[int]:
    """Enter or change our own institution; the answer is its id."""

    def run(unit: Unit) -> int:
        from partnerdesk.domain.partners import Institution

        homes = unit.find(Institution, is_home=True)
        if homes:
            unit.change(Institution, homes[0].id, None, **fields)
            return homes[0].id
        return unit.add(Institution(is_home=True, **fields)).id

    return Deed(Text(QT_TRANSLATE_NOOP("PartnerDesk", "change our own institution")), run)


def saved_views(reader: Reader, page: str) -> list[SavedView]:
    """The office's saved views of a page in their order."""
    return reader.find(SavedView, "position", page=page)


def save_view(view: SavedView) -> Deed[int]:
    """Keep a view: a new one (id 0) or a changed one. The answer is its id."""

    def run(unit: Unit) -> int:
        if not view.id:
            place = 1 + max((v.position for v in unit.find(SavedView, page=view.page)), default=-1)
            from dataclasses import replace

            return unit.add(replace(view, position=place)).id
        unit.change(SavedView, view.id, None, name=view.name, query=view.query, sort=view.sort,
                    descending=view.descending, columns=view.columns, widths=view.widths)
        return view.id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "save the view {name}"), name=view.name), run)


def delete_view(view: SavedView) -> Deed[None]:
    """Forget a saved view."""

    def run(unit: Unit) -> None:
        unit.remove(SavedView, view.id)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "delete the view {name}"), name=view.name), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted the view {name}"), name=view.name))
