"""The table of commands of a list: the ones every list has, those of its own, for one row or for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from partnerdesk.domain.journal import Deed
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number
from partnerdesk.views.kit.commands import Command, Key

if TYPE_CHECKING:
    from partnerdesk.views.listpage import ListPage

_Key = QKeySequence.StandardKey


def _tr(source: str) -> str:
    return QCoreApplication.translate("ListCommands", source)


class Rows(Enum):
    """How many rows must be selected for a command."""

    ANY = "any"
    ONE = "one"
    SOME = "some"


@dataclass(frozen=True, slots=True)
class ListCommand:
    """One line of the table: `name` becomes the id "partners.name"; `many` is the label for several rows, with {n}.

    A command that `writes` is not there in an office that can only be read. One that belongs `in_list` answers
    its keys in the list alone, not in the form beside it.
    """

    name: str
    label: str
    run: Callable[[], object]
    icon: Icon
    keys: tuple[Key, ...] = ()
    rows: Rows = Rows.ANY
    many: str = ""
    writes: bool = False
    in_list: bool = False
    when: Callable[[], bool] | None = None
    in_palette: bool = True
    dangerous: bool = False


@dataclass(frozen=True, slots=True)
class ListWords:
    """What the common commands are called where they name the records: "Archive {n} partners"."""

    new: str
    print_one: str
    print_many: str
    preview_one: str
    preview_many: str
    archive_many: str
    unarchive_many: str
    delete_many: str
    next: str
    previous: str


@dataclass(frozen=True, slots=True)
class ListDeeds:
    """What is done with the records of a list, one or many: their type, into the archive or `back`, into the trash."""

    record: type[Any]
    archive: Callable[..., Deed[Any]]
    delete: Callable[[Sequence[Any]], Deed[Any]]


def list_commands(page: ListPage) -> list[tuple[Command, bool]]:
    """The commands of a list for the registry, each with whether it belongs to the list alone."""
    found = [*_common_commands(page), *page.own_commands()]
    if not page.prints:
        found = [one for one in found if one.name not in _PRINTING]
    return [(_command(page, one), one.in_list) for one in found]


def _common_commands(page: ListPage) -> Sequence[ListCommand]:
    """The commands every list has."""
    words, one, some = page.words(), Rows.ONE, Rows.SOME
    return (
        ListCommand("new", words.new, page.new, Icon.ADD, (_Key.New,), writes=True),
        ListCommand("edit", _tr("Edit"), page.focus_detail, Icon.EDIT, (), one),
        ListCommand("print", words.print_one, page.print_selected, Icon.PRINT, (_Key.Print,), some, words.print_many),
        ListCommand("preview", words.preview_one, page.print_selected, Icon.PREVIEW, ("Ctrl+Shift+P",), some,
                    words.preview_many, in_palette=False),
        ListCommand("copy", _tr("Copy row"), page.copy, Icon.DUPLICATE, (_Key.Copy,), some, _tr("Copy {n} rows"),
                    in_list=True),
        ListCommand("paste", _tr("Paste rows from a spreadsheet"), page.paste, Icon.IMPORT, (_Key.Paste,),
                    writes=True, in_list=True),
        ListCommand("select_all", _tr("Select all"), page.select_all, Icon.TICK, (_Key.SelectAll,), in_list=True,
                    in_palette=False),
        ListCommand("archive", _tr("Archive"), page.archive, Icon.TRASH, (), some, words.archive_many, writes=True,
                    when=page.first_is_current),
        ListCommand("unarchive", _tr("Bring back from the archive"), page.unarchive, Icon.UNDO, (), some,
                    words.unarchive_many, writes=True, when=page.first_is_archived),
        ListCommand("delete", _tr("Delete"), page.delete, Icon.DELETE, (_Key.Delete,), some, words.delete_many,
                    writes=True, in_list=True, dangerous=True),
        ListCommand("find", _tr("Filter this list"), page.focus_search, Icon.SEARCH, (_Key.Find,), in_palette=False),
        ListCommand("menu", _tr("Show what can be done with the selected rows"), page.open_menu_at_row, Icon.MORE,
                    ("Shift+F10",), some, in_list=True, in_palette=False),
        ListCommand("next", words.next, partial(page.step_record, 1), Icon.DOWN, ("Ctrl+PgDown",), in_palette=False),
        ListCommand("previous", words.previous, partial(page.step_record, -1), Icon.UP, ("Ctrl+PgUp",),
                    in_palette=False),
    )


_PRINTING = ("print", "preview")


def row_menu(key: str, own: Sequence[str], prints: bool = True) -> Sequence[str | None]:
    """What the menu of a row offers; `own` names come after Edit."""
    paper = ("print",) if prints else ()
    return _ids(key, ("edit", *own, *paper, None, "copy", "file.export", None, "archive", "unarchive", "delete"))


def record_menu(key: str, own: Sequence[str], prints: bool = True) -> Sequence[str | None]:
    """What the Record menu offers while the list is shown."""
    paper = (*_PRINTING, None) if prints else ()
    return _ids(key, ("new", "edit", *own, None, "copy", "paste", "select_all", "find", None, *paper,
                      "archive", "unarchive", "delete", None, "next", "previous"))


def _ids(key: str, names: Sequence[str | None]) -> Sequence[str | None]:
    """Names as ids; those with a dot belong to the form or the window and are ids already."""
    return tuple(name if name is None or "." in name else f"{key}.{name}" for name in names)


def _command(page: ListPage, one: ListCommand) -> Command:
    scope = f"{page.key}.list" if one.in_list else page.key
    return Command(f"{page.key}.{one.name}", partial(_title, page, one), one.run, one.icon, one.keys, scope, page.title,
                   partial(_possible, page, one), in_palette=one.in_palette, dangerous=one.dangerous)


def _title(page: ListPage, one: ListCommand) -> str:
    n = page.selected_count
    return one.many.format(n=number(n)) if one.many and n > 1 else one.label


def _possible(page: ListPage, one: ListCommand) -> bool:
    """Whether the office can be written, as many rows are selected as are wanted, and its own condition holds."""
    desk, n = page.house.desk, page.selected_count
    if one.writes and (desk.read_only or not desk.is_open):
        return False
    if (one.rows is Rows.ONE and n != 1) or (one.rows is Rows.SOME and not n):
        return False
    return one.when is None or one.when()
