"""Whether what lies behind a popup can show through its round corners; if not, corners are square."""

from functools import cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QGuiApplication, QPainter

from partnerdesk.look.paint import rounded


@cache
def see_through() -> bool:
    """Whether the screen blends windows. X11 does so only while a compositor runs; else corners would be black."""
    return QGuiApplication.platformName() != "xcb" or _composited()


def ground(painter: QPainter, rect: QRectF, radius: float, fill: QColor, edge: QColor) -> None:
    """The ground of a popup with its hairline: round, or square to the last pixel where nothing shows through."""
    if see_through():
        rounded(painter, rect, radius, fill, edge)
    else:
        painter.fillRect(rect, edge)
        painter.fillRect(rect.adjusted(1, 1, -1, -1), fill)


def _composited() -> bool:
    """Whether someone owns the selection _NET_WM_CM_S0, which a compositor of the first X screen holds."""
    import ctypes

    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XGetSelectionOwner.restype = ctypes.c_ulong
    x11.XGetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    atom = x11.XInternAtom(display, b"_NET_WM_CM_S0", 0)
    owner = x11.XGetSelectionOwner(display, atom)
    x11.XCloseDisplay(display)
    return bool(owner)
