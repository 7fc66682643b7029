"""What the fields over the map offer: countries, regions, ways to make classes."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication

from partnerdesk.domain.countries import countries
from partnerdesk.domain.measures import METHODS, areas
from partnerdesk.models.map import place_name, say_name
from partnerdesk.views.kit.picker import Option

OWN = "own"
"""The way of making classes that somebody writes down."""


def country_options() -> list[Option]:
    """Every country and territory by name, found by its spellings too; what has no country last."""
    found = [Option(one.code, place_name(one.code), one.code, " ".join((one.alpha3, one.name, *one.spellings)))
             for one in countries()]
    return sorted(found, key=_label)


def region_options() -> list[Option]:
    """The world, its regions and their parts; parts are set in."""
    return [Option(number, say_name(name), number) for number, name in areas()]


def method_choices() -> list[tuple[str, str]]:
    """Ways to make classes."""
    ways = [(key, QCoreApplication.translate("PartnerDesk", words)) for key, (words, _) in METHODS.items()]
    return [*ways, (OWN, QCoreApplication.translate("Map", "Own bounds"))]


def wants_contrast() -> bool:
    """Whether the system asks for high contrast."""
    # each is deleted with the one it was asked of
    hints = QGuiApplication.styleHints()
    access = hints.accessibility()
    return access.contrastPreference() == Qt.ContrastPreference.HighContrast


def _label(option: Option) -> str:
    return option.label.casefold()
