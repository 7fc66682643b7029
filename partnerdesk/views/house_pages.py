"""The pages of the house in the order of the sidebar, each made when it is shown first: one line and one maker each."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from partnerdesk.look.icons import Icon
from partnerdesk.views.page import Page
from partnerdesk.views.window import PagePlan, Window

if TYPE_CHECKING:
    from partnerdesk.views.desk_house import DeskHouse

Maker = Callable[["DeskHouse"], Page]


def plan_pages(house: "DeskHouse", window: Window) -> None:
    """Tell the window which pages there are, by the groups of its sidebar."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("HousePages", source)

    def plan(key: str, title: str, icon: Icon, make: Maker, group: str = "") -> None:
        window.plan_page(PagePlan(key, title, icon, partial(make, house)), group, foot=not group)

    window.plan_page(PagePlan("today", tr("Today"), Icon.TODAY, partial(_today, house)))
    partnerships, exchange = tr("Partnerships"), tr("Exchange")
    plan("partners", tr("Partners"), Icon.PARTNERS, _partners, partnerships)
    plan("agreements", tr("Agreements"), Icon.AGREEMENTS, _agreements, partnerships)
    plan("places", tr("Places"), Icon.PLACES, _places, partnerships)
    plan("balance", tr("Balance"), Icon.BALANCE, _balance, partnerships)
    plan("people", tr("People"), Icon.PEOPLE, _people, exchange)
    plan("stays", tr("Stays"), Icon.STAYS, _stays, exchange)
    plan("cohorts", tr("Cohorts"), Icon.COHORTS, _cohorts, exchange)
    plan("calls", tr("Calls"), Icon.CALLS, _calls, exchange)
    plan("nominations", tr("Nominations"), Icon.NOMINATED, _nominations, exchange)
    plan("abroad", tr("Abroad"), Icon.ABROAD, _abroad, exchange)
    cooperation = tr("Cooperation")
    plan("projects", tr("Projects"), Icon.PROJECTS, _projects, cooperation)
    plan("visits", tr("Visits"), Icon.VISITS, _visits, cooperation)
    plan("map", tr("Map"), Icon.MAP, _map, cooperation)
    plan("data", tr("Data"), Icon.DATA, _data)
    plan("backups", tr("Backups"), Icon.BACKUP, _backups)
    plan("settings", tr("Settings"), Icon.SETTINGS, _settings)


def _today(house: "DeskHouse") -> Page:
    from partnerdesk.views.today import TodayPage

    return TodayPage(house)


def _partners(house: "DeskHouse") -> Page:
    from partnerdesk.views.partners import PartnersPage

    page = PartnersPage(house, house.people)
    page.sample_wanted.connect(house.open_sample)
    return page


def _agreements(house: "DeskHouse") -> Page:
    from partnerdesk.views.agreements import AgreementsPage

    return AgreementsPage(house, house.people)


def _places(house: "DeskHouse") -> Page:
    from partnerdesk.views.places_page import PlacesPage

    return PlacesPage(house)


def _balance(house: "DeskHouse") -> Page:
    from partnerdesk.views.balance_page import BalancePage

    return BalancePage(house)


def _people(house: "DeskHouse") -> Page:
    from partnerdesk.views.people import PeoplePage

    page = PeoplePage(house)
    page.sample_wanted.connect(house.open_sample)
    return page


def _stays(house: "DeskHouse") -> Page:
    from partnerdesk.views.stays import StaysPage

    return StaysPage(house)


def _calls(house: "DeskHouse") -> Page:
    from partnerdesk.views.calls import CallsPage

    return CallsPage(house)


def _nominations(house: "DeskHouse") -> Page:
    from partnerdesk.views.nominations import NominationsPage

    return NominationsPage(house)


def _abroad(house: "DeskHouse") -> Page:
    from partnerdesk.views.abroad import AbroadPage

    return AbroadPage(house)


def _cohorts(house: "DeskHouse") -> Page:
    from partnerdesk.views.cohorts import CohortsPage

    page = CohortsPage(house)
    page.sample_wanted.connect(house.open_sample)
    return page


def _projects(house: "DeskHouse") -> Page:
    from partnerdesk.views.projects import ProjectsPage

    page = ProjectsPage(house)
    page.sample_wanted.connect(house.open_sample)
    return page


def _visits(house: "DeskHouse") -> Page:
    from partnerdesk.views.visits import VisitsPage

    page = VisitsPage(house, house.people)
    page.sample_wanted.connect(house.open_sample)
    return page


def _map(house: "DeskHouse") -> Page:
    from partnerdesk.views.map_page import MapPage

    return MapPage(house)


def _data(house: "DeskHouse") -> Page:
    from partnerdesk.views.data_page import DataPage

    return DataPage(house)


def _backups(house: "DeskHouse") -> Page:
    from partnerdesk.views.backups_page import BackupsPage

    page = BackupsPage(house)
    page.look_wanted.connect(house.look_inside)
    return page


def _settings(house: "DeskHouse") -> Page:
    from partnerdesk.views.settings_page import SettingsPage

    return SettingsPage(house)
