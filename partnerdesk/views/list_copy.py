"""Rows of a list for the clipboard: tabs and HTML with headers, for a spreadsheet and back again."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QMimeData

from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.look.cells import plain
from partnerdesk.models.listing import Column, Listing

AT_ONCE = 500
_COPYING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Copying"))
Lines = list[list[str]]


def copied(listing: Listing, columns: Sequence[Column], ids: Sequence[int],
           progress: Callable[[int, int, Text], None] | None = None) -> Callable[[Any], Lines]:
    """A question that reads these records as rows of words below their headers, whether they were painted or not."""

    def read(reader: Any) -> Lines:
        rows = [[column.title for column in columns]]
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start:start + AT_ONCE]
            if progress is not None:
                progress(start, len(ids), _COPYING)
            found = listing.lines(reader, some)
            rows += [[_flat(plain(column.cell(found[i]))) for column in columns] for i in some if i in found]
        return rows

    return read


def clipping(lines: Lines) -> QMimeData:
    """The rows as tab-separated text and as an HTML table."""
    import html

    from partnerdesk.views.kit.clip import clip

    rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in line) for line in lines)
    table = "<table>" + "".join(f"<tr>{cells}</tr>" for cells in rows) + "</table>"
    return clip("\n".join("\t".join(line) for line in lines), table)


def _flat(cell: str) -> str:
    return " ".join(cell.split())
