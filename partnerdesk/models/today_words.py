"""The day's work in words: what, why and when of each thing, its icon and colour, and what its button says."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from partnerdesk.domain import clock
from partnerdesk.domain.followups import Snooze
from partnerdesk.domain.today import LATER, OVERDUE, WEEK, Item, urgency_of
from partnerdesk.domain.words import Text
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, near, say

ICONS: Final = {
    "agreement-sign": Icon.SIGN, "agreement-notice": Icon.NOTICE, "agreement-ends": Icon.SOON,
    "agreement-draft": Icon.DRAFT, "amendment": Icon.BALANCE, "nominate": Icon.NOMINATED, "nominated": Icon.WAITING,
    "incoming": Icon.APPLIED, "offers": Icon.OFFERED, "arrival": Icon.ABROAD, "return": Icon.RETURNED,
    "departure-papers": Icon.MISSING, "papers": Icon.MISSING, "transcripts": Icon.STUDENTS,
    "recognition": Icon.RECOGNISED, "payment": Icon.MONEY, "milestone": Icon.MILESTONE, "deliverable": Icon.APPROVE,
    "tasks": Icon.PROJECTS, "project-review": Icon.REVIEW, "project-quiet": Icon.PROJECTS, "visit": Icon.VISITS,
    "outcomes": Icon.VISITS, "followup": Icon.FOLLOWUP, "review": Icon.REVIEW, "contact": Icon.MAIL,
    "backup": Icon.BACKUP, "quality": Icon.QUALITY,
}
ROLES: Final = {OVERDUE: "danger", WEEK: "warn", LATER: "text2"}
PAGES: Final = {
    "agreement": "agreements", "partner": "partners", "stay": "stays", "person": "people", "project": "projects",
    "visit": "visits", "call": "calls", "cohort": "cohorts", "followup": "followups",
}
"""The page on which a root record is shown."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an item leads: a page with a record on it, or with a search line."""

    page: str
    record_id: int | None = None
    line: str = ""


def item_what(item: Item) -> str:
    """What wants doing."""
    return say(dated(item.what))


def item_why(item: Item) -> str:
    """Why, and what one has to know of it."""
    return say(dated(item.why))


def dated(words: Text) -> Text:
    """A text with its days as people write them."""
    return Text(words.template, {name: _valued(value) for name, value in words.values.items()})


def item_when(item: Item, today: date) -> str:
    """ "9 days late", "today", "Fri 17 Jul" within the week, "in 47 days"; "" where there is no day."""
    if item.when is None:
        return ""
    urgency = urgency_of(item, today)
    if urgency == WEEK and item.when < today:
        return tr("since {day}").format(day=day(item.when))
    if urgency == WEEK and (item.when - today).days > 1:
        return week_day(item.when)
    return near(item.when)


def week_day(value: date) -> str:
    """ "Fri 17 Jul"."""
    place = QLocale()
    name = place.standaloneDayName(value.isoweekday(), QLocale.FormatType.ShortFormat).rstrip(".")
    return f"{name} {day(value).rpartition(' ')[0] or day(value)}"


def fix_word(fix: str) -> str:
    """What the button of a fix says."""
    return fix_words()[fix]


def fix_words() -> dict[str, str]:
    """What buttons say, by fix."""
    return {
        "open": tr("Open"), "renew": tr("Renew"), "approve": tr("Approve"), "nominate": tr("Nominate"),
        "list": tr("Show"), "answer": tr("Answer"), "check": tr("Check"), "arrived": tr("Arrived"),
        "left": tr("Ended"), "pay": tr("Paid"), "met": tr("Met"), "handed-in": tr("Handed in"),
        "done": tr("Done"), "confirm": tr("Confirm"), "review": tr("Review"), "enter": tr("Enter"),
        "places": tr("Open"), "backup": tr("Back up"), "wake": tr("Take up"),
    }


def item_role(item: Item, today: date) -> str:
    """The colour of the icon."""
    return ROLES[urgency_of(item, today)]


def head_word(urgency: str) -> str:
    """The name of a group."""
    return {OVERDUE: tr("Overdue"), WEEK: tr("This week"), LATER: tr("Later"), "aside": tr("Put off")}[urgency]


def aside_why(snooze: Snooze) -> str:
    """Why something was put off."""
    return tr("Put off until {day} · {reason}").format(day=day(snooze.until), reason=snooze.reason)


def target_of(item: Item) -> Target:
    """Where the item is dealt with."""
    if item.page:
        return Target(item.page, None, item.line)
    if item.line:
        return Target("stays", None, item.line)
    return Target(PAGES.get(item.root, ""), item.root_id or None)


def item_sentence(item: Item, today: date) -> str:
    """An item as a screen reader says it."""
    urgency = head_word(urgency_of(item, today))
    return ", ".join(part for part in (urgency, item_what(item), item_why(item), item_when(item, today)) if part)


def greeting(name: str) -> str:
    """Good morning, afternoon or evening, by the clock on the wall."""
    hour = clock.now().astimezone().hour
    words = (tr("Good morning"), tr("Good afternoon"), tr("Good evening"))[(hour >= 12) + (hour >= 18)]
    first = name.split()[0] if name.split() else ""
    return tr("{greeting}, {name}").format(greeting=words, name=first) if first else words


def day_line(today: date) -> str:
    """ "Thursday, 16 July 2026 · week 29"."""
    place = QLocale()
    name, month = place.standaloneDayName(today.isoweekday()), place.monthName(today.month)
    return tr("{weekday}, {day} {month} {year} · week {week}").format(
        weekday=name, day=today.day, month=month, year=today.year, week=today.isocalendar().week)


def _valued(value: object) -> object:
    if isinstance(value, date):
        return day(value)
    return dated(value) if isinstance(value, Text) else value


def tr(source: str) -> str:
    """A word of the page in the user's language."""
    return QCoreApplication.translate("Today", source)
