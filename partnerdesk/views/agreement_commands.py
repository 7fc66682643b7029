"""What can be done with one agreement, as a table: menus and the sheet of keys know it before the form is made."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.commands import Command

MENU: Sequence[str | None] = (
    "agreement.approve", "agreement.new_version", "agreement.add_condition", None, "agreement.renew",
    "agreement.duplicate", "agreement.print", None, "agreement.end", "agreement.go_on", "agreement.archive",
    "agreement.unarchive", None, "agreement.delete")
"""The menu of the form in its order; None is a line."""


def agreement_commands(scope: str, perform: Callable[[str], None], can: Callable[[str], bool]) -> Sequence[Command]:
    """The commands; `perform` and `can` are given the last word of a command's name."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("AgreementPane", source)

    rows: Sequence[tuple[str, str, Icon, tuple[str, ...]]] = (
        ("print", tr("Print the partner's summary"), Icon.PRINT, ()),
        ("approve", tr("Record approval"), Icon.APPROVE, ()),
        ("add_condition", tr("Add condition"), Icon.ADD, ()),
        ("new_version", tr("Make a new version"), Icon.EDIT, ()),
        ("renew", tr("Renew"), Icon.RENEW, ()),
        ("duplicate", tr("Duplicate"), Icon.DUPLICATE, ()),
        ("end", tr("End before its time"), Icon.TERMINATING, ()),
        ("go_on", tr("Take the end back"), Icon.UNDO, ()),
        ("archive", tr("Archive"), Icon.TRASH, ()),
        ("unarchive", tr("Bring back from the archive"), Icon.TRASH, ()),
        ("delete", tr("Delete"), Icon.DELETE, ()),
    )
    return [
        Command(f"agreement.{key}", title, partial(perform, key), icon, keys, scope, tr("Agreement"),
                partial(can, key), dangerous=key == "delete")
        for key, title, icon, keys in rows
    ]
