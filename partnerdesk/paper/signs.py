"""Which icon stands for a state or a form of cooperation named in a document."""

from partnerdesk.look.icons import Icon

SIGNS: dict[str, Icon] = {
    "student_exchange": Icon.STUDENTS,
    "faculty_exchange": Icon.STAFF,
    "joint_research": Icon.RESEARCH,
    "curriculum_development": Icon.CURRICULUM,
    "best_practice": Icon.PRACTICE,
    "notice_window": Icon.NOTICE,
    "expiring": Icon.SOON,
    "terminating": Icon.TERMINATING,
    "in_effect": Icon.HOLDS,
    "waiting_us": Icon.WAITING,
    "waiting_partner": Icon.WAITING,
    "future": Icon.STARTS_LATER,
    "draft": Icon.DRAFT,
    "expired": Icon.ENDED,
    "terminated": Icon.ENDED,
    "superseded": Icon.ENDED,
}
