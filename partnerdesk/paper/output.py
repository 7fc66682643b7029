"""From documents to paper: one layout for preview, printer, PDF and picture; files come whole or not at all."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from partnerdesk.domain import clock
from partnerdesk.domain.documents import PrintDocument
from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.domain.words import text
from partnerdesk.formats.atomic import write_atomically
from partnerdesk.paper.flow import flow_pages
from partnerdesk.paper.onepage import one_page
from partnerdesk.paper.page import A4, Page, Paper, paint
from partnerdesk.paper.pdf import finished

CREATOR = "PartnerDesk"
PDF_DOTS = 1200
POINTS = 72.0
Progress = Callable[[int, int], None]


def pages_of(document: PrintDocument, paper: Paper = A4) -> list[Page]:
    """The pages of a document, on their side where it wants that."""
    paper = paper.turned(document.landscape)
    return flow_pages(document, paper) if document.flows else [one_page(document, paper)]


def page_image(page: Page, dots_per_inch: float = 96.0, ratio: float = 1.0) -> QImage:
    """A page as a picture, white whatever the theme; `ratio` is the device pixel ratio of a screen."""
    scale = dots_per_inch / POINTS * ratio
    size = QSizeF(page.paper.width * scale, page.paper.height * scale).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint(painter, page, scale, snap=True)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def pdf_bytes(
    documents: Sequence[PrintDocument], paper: Paper = A4, title: str = "", progress: Progress | None = None
) -> bytes:
    """All documents as one PDF, a bookmark each if there are several.

    `progress` is told (done, total) after each document and may raise Cancelled.
    """
    title = title or documents[0].title
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    _describe(writer, title, paper.turned(documents[0].landscape))
    painter = QPainter(writer)
    bookmarks: list[tuple[str, int]] = []
    count = 0
    try:
        for done, document in enumerate(documents, 1):
            bookmarks.append((document.title, count))
            for page in pages_of(document, paper):
                writer.setPageLayout(_layout(page.paper))
                if count:
                    writer.newPage()
                paint(painter, page, PDF_DOTS / POINTS, snap=False)
                count += 1
            if progress:
                progress(done, len(documents))
    finally:
        painter.end()
    return finished(
        bytes(buffer.data().data()),
        moment=clock.now(),
        language=documents[0].language,
        bookmarks=bookmarks if len(documents) > 1 else (),
    )


def to_pdf(
    documents: Sequence[PrintDocument],
    path: Path,
    paper: Paper = A4,
    title: str = "",
    progress: Progress | None = None,
) -> None:
    """Write all documents into one PDF; raises EnvironmentTrouble where the file cannot be written."""
    write_whole(path, pdf_bytes(documents, paper, title, progress))


def to_png(document: PrintDocument, path: Path, paper: Paper = A4, dots_per_inch: float = 150.0) -> None:
    """Write the first page as a picture; raises EnvironmentTrouble where the file cannot be written."""
    image = page_image(pages_of(document, paper)[0], dots_per_inch)
    per_metre = round(dots_per_inch / 0.0254)
    image.setDotsPerMeterX(per_metre)
    image.setDotsPerMeterY(per_metre)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    write_whole(path, bytes(data.data()))


def to_printer(
    documents: Sequence[PrintDocument], printer: QPrinter, paper: Paper = A4, progress: Progress | None = None
) -> None:
    """Print all documents; the printer must be made with QPrinter.PrinterMode.HighResolution."""
    printer.setPageLayout(_layout(paper.turned(documents[0].landscape)))
    printer.setFullPage(True)
    printer.setCreator(CREATOR)
    printer.setDocName(documents[0].title)
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentTrouble(text("The printer does not answer. Nothing was printed."))
    scale = printer.resolution() / POINTS
    try:
        for done, document in enumerate(documents, 1):
            for place, page in enumerate(pages_of(document, paper)):
                printer.setPageLayout(_layout(page.paper))
                if done > 1 or place:
                    printer.newPage()
                paint(painter, page, scale, snap=False)
            if progress:
                progress(done, len(documents))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in the place of `path` at one stroke; raises EnvironmentTrouble, leaving what was there."""
    try:
        write_atomically(path, lambda stream: stream.write(data))
    except OSError as error:
        reason = error.strerror or str(error)
        raise EnvironmentTrouble(
            text("{file} could not be written: {reason}.", file=path.name, reason=reason)
        ) from error


def _layout(paper: Paper) -> QPageLayout:
    known = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}[paper.name]
    side = QPageLayout.Orientation.Landscape if paper.landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(known), side, QMarginsF(0, 0, 0, 0))


def _describe(writer: QPdfWriter, title: str, paper: Paper) -> None:
    moment = clock.now()
    writer.setResolution(PDF_DOTS)
    writer.setPageLayout(_layout(paper))
    writer.setTitle(title)
    writer.setCreator(CREATOR)
    name = str(uuid5(NAMESPACE_URL, f"{title} {moment.isoformat()}"))
    writer.setDocumentId(QUuid.fromString(name))
    writer.setDocumentXmpMetadata(QByteArray(_xmp(title, moment.isoformat(timespec="seconds"), name).encode()))


def _xmp(title: str, moment: str, name: str) -> str:
    return (
        "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>"
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"'
        f' xmp:CreatorTool="{CREATOR}" xmp:CreateDate="{moment}" xmp:ModifyDate="{moment}"'
        f' xmpMM:DocumentID="uuid:{name}">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )
