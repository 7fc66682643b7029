"""Paper: summaries laid out and written as PDF, against what PDF writers do with the finished page."""

import io
from functools import partial

from harness import Bench, timed
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrinter
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from partnerdesk.domain.documents import (
    Bar,
    Bars,
    Cell,
    Column,
    Contact,
    Coverage,
    Fact,
    Head,
    Lane,
    Letterhead,
    Mark,
    Marks,
    Pair,
    People,
    PrintDocument,
    Stretch,
    Table,
)
from partnerdesk.domain.resources import resource_path
from partnerdesk.paper.lettering import GRAIN, font_for
from partnerdesk.paper.output import PDF_DOTS, POINTS, pages_of, pdf_bytes
from partnerdesk.paper.page import A4, Fill, Page, Words

PAGES = {"tiny": 3, "office": 60, "tenfold": 250}
YEARS = ("2023/24", "2024/25", "2025/26", "2026/27")
FACES = {400: "Regular", 500: "Medium", 600: "SemiBold"}


def measure(bench: Bench) -> None:
    """Bulk against two PDF writers that are handed the finished page, and one page as a person waits for it."""
    _ready()
    count = PAGES[bench.size.name]
    documents = [summary(n) for n in range(count)]
    pages = [page for document in documents for page in pages_of(document)]

    def ours() -> None:
        data = pdf_bytes(documents)
        assert data.count(b"/Type /Page\n") == count

    runs = min(bench.size.runs, 5)
    limit = "QPainter on QPdfWriter, page given"
    bench.compare(f"{count} summaries as one PDF", ours, limit, partial(with_painter, pages), goal=1.15, runs=runs)
    bench.compare(f"{count} summaries as one rich text", partial(with_text_document, pages), limit,
                  partial(with_painter, pages), goal=1.15, control=True, runs=2)  # fmt: skip
    rates = [timed(partial(with_canvas, pages)) / timed(ours) for _ in range(runs)]
    bench.ratio("pages a second", "reportlab canvas, page given", rates, goal=0.95, better="higher")
    one = [timed(partial(pdf_bytes, [summary(1_000_000 + n)])) for n in range(20)]
    bench.figure("one summary as PDF", one, goal=50, percentile=0.99)


def _ready() -> None:
    if QGuiApplication.instance() is None:
        from PySide6.QtWidgets import QApplication

        _ready.application = QApplication([])  # type: ignore[attr-defined]
    for weight, face in FACES.items():
        registerFont(TTFont(f"Paper{weight}", resource_path("fonts", f"InterPaper-{face}.ttf")))


def summary(n: int) -> PrintDocument:
    """A full page whose names and figures differ from those of every other n."""
    columns = (
        Column("Kind", 0.3, "left", "strong"), Column("Number", 0.15, "left", "quiet"), Column("Years", 0.25),
        Column("Last notice day", 0.3, "right"),
    )  # fmt: skip
    rows = tuple(
        (Cell("Student exchange"), Cell(f"{n}-{place:03}"), Cell("2021/22 – 2026/27"), Cell("1 Sep 2026"))
        for place in range(8)
    )
    bars = tuple(Bar("Out" if k < 4 else "In", YEARS[k % 4], (n + k) % 9 + 1, str((n + k) % 9 + 1)) for k in range(8))
    people = tuple(Contact(f"Contact {n} {k}", f"c{n}.{k}@example.edu", "incoming") for k in range(5))
    lanes = tuple(Lane(f"Agreement {n}-{k}", (Stretch(0, 2 + k / 3), Stretch(3, 4, "draft"))) for k in range(3))
    return PrintDocument(
        title=f"University {n}", kind="Partnership summary", letterhead=Letterhead("Northbridge University"),
        head=Head(f"University of Évora {n}", lines=("Évora, Portugal",), facts=(Fact("Erasmus code", f"P EV{n}"),)),
        blocks=(
            Marks(tuple(Mark(icon, icon.title(), True) for icon in ("STUDENTS", "STAFF"))),
            Table("Agreements", columns, rows),
            Pair(Bars("Places", bars), People("Contacts", people)),
            Coverage("Coverage", YEARS, lanes),
        ),
        foot="northbridge.example.edu",
    )  # fmt: skip


def with_painter(pages: list[Page]) -> None:
    """The words and rectangles of laid-out pages, by the plainest calls of QPainter."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(PDF_DOTS)
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        painter.save()
        painter.scale(PDF_DOTS / POINTS / GRAIN, PDF_DOTS / POINTS / GRAIN)
        for item in page.items:
            if isinstance(item, Words):
                painter.setFont(font_for(item.style, item.text, item.script))
                painter.drawText(QPointF(item.x * GRAIN, item.y * GRAIN), item.text)
            elif isinstance(item, Fill):
                box = QRectF(item.x * GRAIN, item.y * GRAIN, item.width * GRAIN, item.height * GRAIN)
                painter.fillRect(box, QColor("#888888"))
        painter.restore()
    painter.end()


def with_canvas(pages: list[Page]) -> None:
    """The same by reportlab's canvas, its fastest way."""
    canvas = Canvas(io.BytesIO(), pagesize=(A4.width, A4.height))
    for page in pages:
        for item in page.items:
            if isinstance(item, Words):
                canvas.setFont(f"Paper{item.style.weight}", item.style.size)
                canvas.drawString(item.x, A4.height - item.y, item.text)
            elif isinstance(item, Fill):
                canvas.rect(item.x, A4.height - item.y - item.height, item.width, item.height, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()


def with_text_document(pages: list[Page]) -> None:
    """The naive way: the same words as tables of one long rich text."""
    document = QTextDocument()
    document.setHtml("".join(map(_as_table, pages)))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName("/dev/null")
    document.print_(printer)


def _as_table(page: Page) -> str:
    lines: dict[float, list[str]] = {}
    for item in page.items:
        if isinstance(item, Words):
            lines.setdefault(item.y, []).append(f"<td>{item.text}</td>")
    rows = "".join(f"<tr>{''.join(cells)}</tr>" for cells in lines.values())
    return f'<table border="1" style="page-break-after:always">{rows}</table>'
