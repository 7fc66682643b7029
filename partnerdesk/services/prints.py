"""What can be printed: so many documents, gathered from the office when they are wanted, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.documents import PrintDocument
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.services import summary
from partnerdesk.services.wording import Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

Progress = Callable[[int, int], None]
Gather = Callable[["Reader", Voice, Sequence[Any]], Iterable[PrintDocument]]
Choose = Callable[["Reader", Sequence[Any]], tuple[Sequence[Any], Text | None]]


@dataclass(frozen=True, slots=True)
class Print:
    """A print: `about` holds what each document is made of, such as an id; `gather` makes the documents of some.

    `title` is what several together are called; `file_name` names the file proposed for one and has no name of a
    person in it, empty where the title of the document may. `choose` says what of `about` can be printed and, in
    `note`, what was left out and why; it is asked once, before the first document, and raises Refused where nothing is
    left.
    """

    about: tuple[Any, ...]
    gather: Gather
    title: str = ""
    file_name: str = ""
    choose: Choose | None = None
    note: Text | None = None

    def chosen(self, reader: Reader) -> Print:
        """The print of what can be printed, with a note on what cannot. Raises Refused where nothing can."""
        if self.choose is None:
            return self
        about, note = self.choose(reader, self.about)
        return replace(self, about=tuple(about), choose=None, note=note)

    def document(self, reader: Reader, place: int, voice: Voice) -> PrintDocument:
        """The document at a place. Raises Missing."""
        return next(iter(self.gather(reader, voice, self.about[place:place + 1])))

    def documents(self, reader: Reader, voice: Voice, progress: Progress | None = None) -> list[PrintDocument]:
        """All documents; `progress` is told (done, total) and may raise Cancelled. Raises Missing."""
        found: list[PrintDocument] = []
        for document in self.gather(reader, voice, self.about):
            found.append(document)
            if progress:
                progress(len(found), len(self.about))
        return found


def partner_summaries(ids: Sequence[int]) -> Print:
    """The partnership summaries of these partners."""
    return Print(tuple(ids), _summaries, QT_TRANSLATE_NOOP("PartnerDesk", "Partnership summaries"))


def _summaries(reader: Reader, voice: Voice, ids: Sequence[int]) -> Iterable[PrintDocument]:
    return summary.summaries(reader, ids, voice)
