"""Opening web addresses in the browser: over https alone, whatever else a field may hold."""

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from partnerdesk.views.kit.editors import LineEditor


def web_editor() -> LineEditor:
    """A field for a web address with a button that opens it."""
    editor = LineEditor()
    editor.set_opener(QCoreApplication.translate("Links", "Open in the browser"))
    editor.open_wanted.connect(open_web)
    return editor


def open_web(written: str) -> bool:
    """Open an address as it is written; False when it is none of the web."""
    address = web_address(written)
    return address is not None and QDesktopServices.openUrl(address)


def web_address(written: str) -> QUrl | None:
    """The https address that was meant, with http raised to https; None for files, scripts and mail."""
    written = written.strip()
    if "://" not in written and ":" in written.split("/", 1)[0]:
        return None
    address = QUrl(written if "://" in written else f"https://{written}", QUrl.ParsingMode.StrictMode)
    if address.scheme() == "http":
        address.setScheme("https")
    sound = address.isValid() and address.scheme() == "https" and "." in address.host() and not address.userInfo()
    return address if sound else None
