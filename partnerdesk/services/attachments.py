"""Files attached to documents: taken in, given out, opened with care."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.filenames import clean_name
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import BadFile, EnvironmentTrouble
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

LARGEST = 25_000_000
"""Bytes of the largest file an office takes in; a signed agreement of twenty scanned pages has about five million."""


def attach(document: Document, path: Path) -> Deed[int]:
    """Keep a file with a document, instead of the one it had; a new document (id 0) is made. The answer is its id.

    The deed raises BadFile for what cannot be read, is empty or too large, EnvironmentTrouble when it cannot be
    kept, Superseded.
    """

    def run(unit: Unit) -> int:
        from partnerdesk.store import contents

        data = _read(path)
        digest = contents.keep(unit, data)
        about = {"file_name": clean_name(path.name), "file_size": len(data), "sha256": digest}
        if not document.id:
            return unit.add(replace(document, title=document.title or path.stem[:120], **about)).id  # type: ignore[arg-type]
        unit.change(Document, document.id, document.version, **about)
        return document.id

    label = QT_TRANSLATE_NOOP("PartnerDesk", "attach the file {file}")
    return Deed(text(label, file=clean_name(path.name)), run)


def detach(document: Document) -> Deed[bool]:
    """Take the file away from a document, which stays."""

    def run(unit: Unit) -> bool:
        return unit.change(Document, document.id, document.version, file_name="", file_size=0, sha256="")

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "take away the file {file}"), file=document.file_name), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Took away the file {file}"), file=document.file_name))


def data_of(reader: Reader, document: Document) -> bytes:
    """What is in the file of a document, proved by its digest. Raises EnvironmentTrouble."""
    from partnerdesk.store import contents

    return contents.content(reader, document.sha256)


def copy_out(reader: Reader, document: Document, folder: Path) -> Path:
    """A copy for another program to show: in a folder of its digest, read-only, since changes do not come back."""
    data = data_of(reader, document)
    place = folder / document.sha256[:16]
    place.mkdir(parents=True, exist_ok=True)
    path = place / clean_name(document.file_name)
    if path.exists():
        path.chmod(0o600)
    path.write_bytes(data)
    path.chmod(0o400)
    return path


def save_copy(reader: Reader, document: Document, path: Path) -> None:
    """Write a document's file elsewhere; what lay there is replaced only by all of it. Raises EnvironmentTrouble."""
    from partnerdesk.formats.atomic import write_atomically

    data = data_of(reader, document)
    try:
        write_atomically(path, lambda stream: stream.write(data))
    except OSError as error:
        raise EnvironmentTrouble(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} cannot be written: {reason}."),
                                      name=path.name, reason=error.strerror or str(error))) from error


def _read(path: Path) -> bytes:
    name = path.name
    if path.is_dir():
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is a folder. Attach the files in it."), name=name))
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} cannot be read: {reason}."), name=name,
                           reason=error.strerror or str(error))) from error
    if len(data) > LARGEST:
        raise BadFile(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{name} is larger than {n} MB. Keep it elsewhere and enter its place as a link."),
            name=name, n=LARGEST // 1_000_000))
    if not data:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is empty."), name=name))
    return data
