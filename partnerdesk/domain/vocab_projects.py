"""The short lists that projects, visits, outputs and follow-ups choose from."""

from partnerdesk.domain.terms import Term, Vocabulary
from partnerdesk.domain.words import QT_TRANSLATE_NOOP

PROJECT_KIND = Vocabulary("project_kind", "What a project is for.", (
    Term("research", QT_TRANSLATE_NOOP("PartnerDesk", "Joint research")),
    Term("curriculum", QT_TRANSLATE_NOOP("PartnerDesk", "Curriculum development")),
    Term("capacity", QT_TRANSLATE_NOOP("PartnerDesk", "Capacity building")),
    Term("practice", QT_TRANSLATE_NOOP("PartnerDesk", "Shared practice")),
    Term("network", QT_TRANSLATE_NOOP("PartnerDesk", "Network")),
))
PROJECT_ROLE = Vocabulary("project_role", "What an institution is in a project.", (
    Term("coordinator", QT_TRANSLATE_NOOP("PartnerDesk", "Coordinator")),
    Term("partner", QT_TRANSLATE_NOOP("PartnerDesk", "Partner")),
    Term("associated", QT_TRANSLATE_NOOP("PartnerDesk", "Associated partner")),
))
PROJECT_STATUS = Vocabulary("project_status", "Where a project stands, from idea to outcome.", (
    Term("idea", QT_TRANSLATE_NOOP("PartnerDesk", "Idea")),
    Term("submitted", QT_TRANSLATE_NOOP("PartnerDesk", "Submitted")),
    Term("granted", QT_TRANSLATE_NOOP("PartnerDesk", "Granted")),
    Term("running", QT_TRANSLATE_NOOP("PartnerDesk", "Running")),
    Term("suspended", QT_TRANSLATE_NOOP("PartnerDesk", "Suspended")),
    Term("finished", QT_TRANSLATE_NOOP("PartnerDesk", "Finished")),
    Term("rejected", QT_TRANSLATE_NOOP("PartnerDesk", "Rejected")),
))
PROJECT_HEALTH = Vocabulary("project_health", "How a project goes, in the office's own judgement.", (
    Term("green", QT_TRANSLATE_NOOP("PartnerDesk", "On track")),
    Term("amber", QT_TRANSLATE_NOOP("PartnerDesk", "Needs attention")),
    Term("red", QT_TRANSLATE_NOOP("PartnerDesk", "In trouble")),
))
LINK_KIND = Vocabulary("link_kind", "How one task waits for another.", (
    Term("FS", QT_TRANSLATE_NOOP("PartnerDesk", "Starts after its end")),
    Term("SS", QT_TRANSLATE_NOOP("PartnerDesk", "Starts after its start")),
    Term("FF", QT_TRANSLATE_NOOP("PartnerDesk", "Ends after its end")),
    Term("SF", QT_TRANSLATE_NOOP("PartnerDesk", "Ends after its start")),
))
DELIVERABLE_KIND = Vocabulary("deliverable_kind", "What is handed in; the codes of the European programmes.", (
    Term("R", QT_TRANSLATE_NOOP("PartnerDesk", "Report")),
    Term("DEM", QT_TRANSLATE_NOOP("PartnerDesk", "Demonstrator")),
    Term("DEC", QT_TRANSLATE_NOOP("PartnerDesk", "Website, video or event")),
    Term("DATA", QT_TRANSLATE_NOOP("PartnerDesk", "Data set")),
    Term("OTHER", QT_TRANSLATE_NOOP("PartnerDesk", "Other")),
))
DISSEMINATION = Vocabulary("dissemination", "Who may see what is handed in.", (
    Term("PU", QT_TRANSLATE_NOOP("PartnerDesk", "Public")),
    Term("SEN", QT_TRANSLATE_NOOP("PartnerDesk", "Sensitive")),
))
RISK_STATE = Vocabulary("risk_state", "What became of a risk.", (
    Term("open", QT_TRANSLATE_NOOP("PartnerDesk", "Open")),
    Term("happened", QT_TRANSLATE_NOOP("PartnerDesk", "Happened")),
    Term("closed", QT_TRANSLATE_NOOP("PartnerDesk", "Closed")),
))
OUTPUT_KIND = Vocabulary("output_kind", "What came of working together.", (
    Term("publication", QT_TRANSLATE_NOOP("PartnerDesk", "Publication")),
    Term("course", QT_TRANSLATE_NOOP("PartnerDesk", "Course")),
    Term("programme", QT_TRANSLATE_NOOP("PartnerDesk", "Study programme")),
    Term("event", QT_TRANSLATE_NOOP("PartnerDesk", "Event")),
    Term("patent", QT_TRANSLATE_NOOP("PartnerDesk", "Patent")),
    Term("practice", QT_TRANSLATE_NOOP("PartnerDesk", "Practice taken over")),
))
VISIT_KIND = Vocabulary("visit_kind", "What kind of visit it is.", (
    Term("delegation", QT_TRANSLATE_NOOP("PartnerDesk", "Delegation")),
    Term("working", QT_TRANSLATE_NOOP("PartnerDesk", "Working visit")),
    Term("fair", QT_TRANSLATE_NOOP("PartnerDesk", "Fair or conference")),
    Term("ceremony", QT_TRANSLATE_NOOP("PartnerDesk", "Signing or ceremony")),
    Term("monitoring", QT_TRANSLATE_NOOP("PartnerDesk", "Monitoring visit")),
))
VISIT_STATUS = Vocabulary("visit_status", "Where a visit stands.", (
    Term("planned", QT_TRANSLATE_NOOP("PartnerDesk", "Planned")),
    Term("confirmed", QT_TRANSLATE_NOOP("PartnerDesk", "Confirmed")),
    Term("held", QT_TRANSLATE_NOOP("PartnerDesk", "Held")),
    Term("cancelled", QT_TRANSLATE_NOOP("PartnerDesk", "Cancelled")),
))
VISIT_SIDE = Vocabulary("visit_side", "To whom somebody at a meeting belongs.", (
    Term("ours", QT_TRANSLATE_NOOP("PartnerDesk", "Our side")),
    Term("theirs", QT_TRANSLATE_NOOP("PartnerDesk", "Their side")),
))
APPOINTMENT_KIND = Vocabulary("appointment_kind", "What kind of dated thing it is.", (
    Term("meeting", QT_TRANSLATE_NOOP("PartnerDesk", "Meeting")),
    Term("event", QT_TRANSLATE_NOOP("PartnerDesk", "Event")),
    Term("deadline", QT_TRANSLATE_NOOP("PartnerDesk", "Deadline")),
    Term("holiday", QT_TRANSLATE_NOOP("PartnerDesk", "Holiday")),
))
