"""Printing as one call, for the command line and for batches: which partners, where to, in which words."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter

from partnerdesk.domain.documents import PrintDocument
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.paper.output import to_pdf, to_png, to_printer
from partnerdesk.paper.page import PAPERS, Paper
from partnerdesk.services.office import open_file
from partnerdesk.services.printing import find_partner
from partnerdesk.services.prints import Print, partner_summaries
from partnerdesk.services.wording import Voice

if TYPE_CHECKING:
    from partnerdesk.store.office import Office
    from partnerdesk.store.unit import Reader

Progress = Callable[[int, int], None]


def print_summary(file: Path, partner: str, path: Path, paper: str = "A4", language: str = "en") -> None:
    """Write the summary of the partner with this code or name in an office file to a PDF, or PNG by its ending.

    Raises Refused for an unknown or ambiguous partner, paper, language or kind of file, BadFile for what is
    no office, EnvironmentTrouble where the target cannot be written.
    """
    print_file(file, lambda reader: partner_summaries([find_partner(reader, partner)]), path, paper, language)


def print_file(file: Path, job_of: Callable[["Reader"], Print], path: Path, paper: str, language: str) -> Text | None:
    """Write what is asked of an office file to a PDF, or PNG by its ending; `job_of` says what is printed.

    Says what was left out and why, None where nothing was.

    Raises Refused for an unknown paper, language or kind of file, BadFile for what is no office, EnvironmentTrouble
    where the target cannot be written.
    """
    sheet, voice, writes = paper_named(paper), Voice(language), _writer(path)
    office = open_file(file, read_only=True)
    try:
        with office.read() as reader:
            job = job_of(reader).chosen(reader)
            documents = job.documents(reader, voice)
    finally:
        office.close()
    start_qt()
    writes(documents, path, sheet)
    return job.note


def print_all(
    office: "Office", job: Print, path: Path, paper: Paper, voice: Voice, progress: Progress | None = None
) -> None:
    """Write all documents of a print into one PDF with a bookmark each.

    `progress` is told (done, total), gathering and painting being half of the work each; it may raise
    Cancelled, and then nothing is written. Raises EnvironmentTrouble where the file cannot be written.
    """
    documents = _gathered(office, job, voice, progress)
    title = voice.say(job.title) if job.title and len(documents) > 1 else ""
    to_pdf(documents, path, paper, title, _half(progress, second=True))


def print_on(
    office: "Office",
    job: Print,
    printer: QPrinter,
    paper: Paper,
    voice: Voice,
    progress: Progress | None = None,
) -> None:
    """Print all documents of a print; as print_all, raising EnvironmentTrouble for a dumb printer."""
    to_printer(_gathered(office, job, voice, progress), printer, paper, _half(progress, second=True))


def _gathered(office: "Office", job: Print, voice: Voice, progress: Progress | None) -> list[PrintDocument]:
    with office.read() as reader:
        return job.documents(reader, voice, _half(progress, second=False))


def _half(progress: Progress | None, *, second: bool) -> Progress | None:
    if progress is None:
        return None
    return lambda done, total: progress(done + total * second, 2 * total)


def paper_named(name: str) -> Paper:
    """A4 or Letter. Raises Refused for any other name."""
    for paper in PAPERS.values():
        if paper.name.casefold() == name.strip().casefold():
            return paper
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "There is no paper {name}. Choose one of {known}.")
    raise Refused(Problem("P04", "block", "paper", text(sentence, name=name, known=", ".join(PAPERS))))


@cache
def start_qt() -> QGuiApplication:
    """The running Qt, started without a screen where there is none yet: fonts need it."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication(["partnerdesk"])


def _writer(path: Path) -> Callable[[Sequence[PrintDocument], Path, Paper], None]:
    if path.suffix.casefold() == ".pdf":
        return to_pdf
    if path.suffix.casefold() == ".png":
        return lambda documents, target, paper: to_png(documents[0], target, paper)
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "{name} has to end in .pdf or .png.")
    raise Refused(Problem("P05", "block", "to", text(sentence, name=path.name)))
