"""How things to do about projects, visits and follow-ups are put."""

from datetime import date

from partnerdesk.domain.today import Item
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text

POINT_DAYS = 60
"""How long before its day a milestone or deliverable is first shown."""
QUIET_DAYS = 90
"""R103: a project in which nothing was entered for so long is looked at."""
VISIT_DAYS = 21
"""How long before it begins a visit wants preparing."""
OUTCOME_DAYS = 365


def point(
    table: str, id: int, number: str, title: str, due: date, project_id: int, project: str, who: str
) -> Item:
    """A milestone to be met or a deliverable to be handed in."""
    met = table == "milestone"
    what = (QT_TRANSLATE_NOOP("PartnerDesk", "Milestone {number} “{title}”") if met else
            QT_TRANSLATE_NOOP("PartnerDesk", "Deliverable {number} “{title}”"))
    why = (text(QT_TRANSLATE_NOOP("PartnerDesk", "{project} · in the hands of {who}"), project=project, who=who)
           if who else text("{project}", project=project))
    return Item(key=f"{table}:{id}", kind=table, what=text(what, number=number, title=title), why=why, when=due,
                who=who, root="project", root_id=project_id, fix="met" if met else "handed-in", fix_id=id,
                covers=(f"project-quiet:{project_id}",))


def tasks(project_id: int, project: str, n: int, title: str, due: date, who: str) -> Item:
    """Tasks of a project that should be finished."""
    return Item(
        key=f"tasks:{project_id}", kind="tasks", when=due, who=who, n=n, root="project", root_id=project_id, fix="open",
        what=counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Finish the task “{title}”"),
                     QT_TRANSLATE_NOOP("PartnerDesk", "Finish {n} tasks of {project}"), title=title, project=project),
        why=counted(n, "{project}",
                    QT_TRANSLATE_NOOP("PartnerDesk", "The first is “{title}”"), title=title, project=project),
        covers=(f"project-quiet:{project_id}",))


def quiet(project_id: int, project: str, since: date, who: str) -> Item:
    """R103: a running project in which nothing was entered for long."""
    return Item(key=f"project-quiet:{project_id}", kind="project-quiet", who=who, root="project", root_id=project_id,
                what=text(QT_TRANSLATE_NOOP("PartnerDesk", "Look after {project}"), project=project),
                why=text(QT_TRANSLATE_NOOP("PartnerDesk", "Nothing was entered since {day}"), day=since))


def project_review(project_id: int, project: str, due: date, who: str) -> Item:
    """A project whose review is due."""
    return Item(key=f"project-review:{project_id}", kind="project-review", who=who, root="project", when=due,
                root_id=project_id, what=text(QT_TRANSLATE_NOOP("PartnerDesk", "Review {project}"), project=project),
                why=text(QT_TRANSLATE_NOOP("PartnerDesk", "Next review by {day}"), day=due), fix="review",
                covers=(f"project-quiet:{project_id}",))


def visit(id: int, title: str, begins: date, agenda: int, people: int, who: str) -> Item | None:
    """A visit near its day that lacks an agenda or people; None where nothing is missing."""
    if agenda and people:
        return None
    lacks = (QT_TRANSLATE_NOOP("PartnerDesk", "no agenda and nobody named") if not agenda and not people else
             QT_TRANSLATE_NOOP("PartnerDesk", "no agenda") if not agenda else
             QT_TRANSLATE_NOOP("PartnerDesk", "nobody named"))
    return Item(key=f"visit:{id}", kind="visit", when=begins, who=who, root="visit", root_id=id,
                what=text(QT_TRANSLATE_NOOP("PartnerDesk", "Prepare the visit: {title}"), title=title),
                why=text(QT_TRANSLATE_NOOP("PartnerDesk", "Begins {day} · {lacks}"), day=begins, lacks=Text(lacks)))


def outcomes(id: int, title: str, ended: date, who: str) -> Item:
    """A visit that is over and whose outcomes nobody has written down."""
    return Item(key=f"outcomes:{id}", kind="outcomes", when=ended, who=who, root="visit", root_id=id, fix="enter",
                what=text(QT_TRANSLATE_NOOP("PartnerDesk", "Enter the outcomes: {title}"), title=title),
                why=text(QT_TRANSLATE_NOOP("PartnerDesk", "Ended {day}"), day=ended))


def followup(id: int, title: str, about: str, due: date | None, root: str, root_id: int, who: str) -> Item:
    """A follow-up that somebody noted."""
    why = (text("{about}", about=about) if about else Text(QT_TRANSLATE_NOOP("PartnerDesk", "Follow-up")))
    return Item(key=f"followup:{id}", kind="followup", what=text("{title}", title=title), why=why, when=due,
                who=who, root=root, root_id=root_id, fix="done", fix_id=id)
