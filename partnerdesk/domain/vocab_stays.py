"""The short lists that people, stays, cohorts and what belongs to them choose from."""

from partnerdesk.domain.terms import Term, Vocabulary
from partnerdesk.domain.words import QT_TRANSLATE_NOOP

PERSON_KIND = Vocabulary("person_kind", "What a participant is.", (
    Term("student", QT_TRANSLATE_NOOP("PartnerDesk", "Student")),
    Term("staff", QT_TRANSLATE_NOOP("PartnerDesk", "Staff")),
    Term("pupil", QT_TRANSLATE_NOOP("PartnerDesk", "Pupil")),
))
GENDER = Vocabulary("gender", "Sex as ISO 5218 codes it.", (
    Term("0", QT_TRANSLATE_NOOP("PartnerDesk", "Not known")),
    Term("1", QT_TRANSLATE_NOOP("PartnerDesk", "Male")),
    Term("2", QT_TRANSLATE_NOOP("PartnerDesk", "Female")),
    Term("9", QT_TRANSLATE_NOOP("PartnerDesk", "Not applicable")),
))
PERSON_CONTACT_KIND = Vocabulary("person_contact_kind", "Why somebody is called for a person.", (
    Term("emergency", QT_TRANSLATE_NOOP("PartnerDesk", "Emergency contact")),
    Term("guardian", QT_TRANSLATE_NOOP("PartnerDesk", "Guardian")),
))
CONSENT = Vocabulary("consent", "What a person agreed to.", (
    Term("data", QT_TRANSLATE_NOOP("PartnerDesk", "Keeping of data")),
    Term("partner", QT_TRANSLATE_NOOP("PartnerDesk", "Passing on to the partner")),
    Term("contact", QT_TRANSLATE_NOOP("PartnerDesk", "Being asked by later students")),
    Term("photo", QT_TRANSLATE_NOOP("PartnerDesk", "Use of photographs")),
))
LANGUAGE_SKILL = Vocabulary("language_skill", "What part of a language a level is for.", (
    Term("listening", QT_TRANSLATE_NOOP("PartnerDesk", "Listening")),
    Term("reading", QT_TRANSLATE_NOOP("PartnerDesk", "Reading")),
    Term("speaking", QT_TRANSLATE_NOOP("PartnerDesk", "Speaking")),
    Term("writing", QT_TRANSLATE_NOOP("PartnerDesk", "Writing")),
))
ATTRIBUTE = Vocabulary("attribute", "How long and in what form a stay is; the codes of EWP.", (
    Term("long-term", QT_TRANSLATE_NOOP("PartnerDesk", "Long-term")),
    Term("short-term-blended", QT_TRANSLATE_NOOP("PartnerDesk", "Short-term, blended")),
    Term("short-term-doctoral", QT_TRANSLATE_NOOP("PartnerDesk", "Short-term, doctoral")),
))
TERM = Vocabulary("term", "Which part of an academic year a stay takes.", (
    Term("1/1", QT_TRANSLATE_NOOP("PartnerDesk", "Whole year")),
    Term("1/2", QT_TRANSLATE_NOOP("PartnerDesk", "First semester")),
    Term("2/2", QT_TRANSLATE_NOOP("PartnerDesk", "Second semester")),
    Term("1/3", QT_TRANSLATE_NOOP("PartnerDesk", "First trimester")),
    Term("2/3", QT_TRANSLATE_NOOP("PartnerDesk", "Second trimester")),
    Term("3/3", QT_TRANSLATE_NOOP("PartnerDesk", "Third trimester")),
    Term("1/4", QT_TRANSLATE_NOOP("PartnerDesk", "First quarter")),
    Term("2/4", QT_TRANSLATE_NOOP("PartnerDesk", "Second quarter")),
    Term("3/4", QT_TRANSLATE_NOOP("PartnerDesk", "Third quarter")),
    Term("4/4", QT_TRANSLATE_NOOP("PartnerDesk", "Fourth quarter")),
))
SENDING_STATUS = Vocabulary("sending_status", "Where the sending side stands; the codes of EWP.", (
    Term("planned", QT_TRANSLATE_NOOP("PartnerDesk", "Planned")),
    Term("nomination", QT_TRANSLATE_NOOP("PartnerDesk", "Nominated")),
    Term("live", QT_TRANSLATE_NOOP("PartnerDesk", "Live")),
    Term("recognized", QT_TRANSLATE_NOOP("PartnerDesk", "Recognised")),
    Term("cancelled", QT_TRANSLATE_NOOP("PartnerDesk", "Cancelled")),
))
RECEIVING_STATUS = Vocabulary("receiving_status", "Where the receiving side stands; the codes of EWP.", (
    Term("none", QT_TRANSLATE_NOOP("PartnerDesk", "Not asked")),
    Term("pending", QT_TRANSLATE_NOOP("PartnerDesk", "Pending")),
    Term("verified", QT_TRANSLATE_NOOP("PartnerDesk", "Accepted")),
    Term("rejected", QT_TRANSLATE_NOOP("PartnerDesk", "Rejected")),
))
PHASE = Vocabulary("phase", "Where a stay is on its way, in the office's words.", (
    Term("applied", QT_TRANSLATE_NOOP("PartnerDesk", "Applied"), icon="APPLIED"),
    Term("selected", QT_TRANSLATE_NOOP("PartnerDesk", "Selected"), icon="SELECTED"),
    Term("nominated", QT_TRANSLATE_NOOP("PartnerDesk", "Nominated"), icon="NOMINATED"),
    Term("accepted", QT_TRANSLATE_NOOP("PartnerDesk", "Accepted"), icon="ACCEPTED"),
    Term("preparing", QT_TRANSLATE_NOOP("PartnerDesk", "Preparing"), icon="PREPARING"),
    Term("abroad", QT_TRANSLATE_NOOP("PartnerDesk", "Abroad"), icon="ABROAD"),
    Term("returned", QT_TRANSLATE_NOOP("PartnerDesk", "Returned"), icon="RETURNED"),
    Term("recognised", QT_TRANSLATE_NOOP("PartnerDesk", "Recognised"), icon="RECOGNISED"),
    Term("closed", QT_TRANSLATE_NOOP("PartnerDesk", "Closed"), icon="CLOSED"),
    Term("declined", QT_TRANSLATE_NOOP("PartnerDesk", "Declined"), icon="DECLINED"),
    Term("rejected", QT_TRANSLATE_NOOP("PartnerDesk", "Rejected"), icon="REJECTED"),
    Term("withdrawn", QT_TRANSLATE_NOOP("PartnerDesk", "Withdrawn"), icon="WITHDRAWN"),
    Term("interrupted", QT_TRANSLATE_NOOP("PartnerDesk", "Interrupted"), icon="INTERRUPTED"),
))
STAY_EVENT_KIND = Vocabulary("stay_event_kind", "What can be noted on the way of a stay.", (
    Term("message", QT_TRANSLATE_NOOP("PartnerDesk", "Message sent")),
    Term("reminder", QT_TRANSLATE_NOOP("PartnerDesk", "Reminder sent")),
    Term("nominated", QT_TRANSLATE_NOOP("PartnerDesk", "Nomination sent")),
    Term("answer", QT_TRANSLATE_NOOP("PartnerDesk", "Answer of the partner")),
    Term("call", QT_TRANSLATE_NOOP("PartnerDesk", "Call")),
    Term("decision", QT_TRANSLATE_NOOP("PartnerDesk", "Decision")),
    Term("extension", QT_TRANSLATE_NOOP("PartnerDesk", "Extension")),
    Term("note", QT_TRANSLATE_NOOP("PartnerDesk", "Note")),
))
COHORT_KIND = Vocabulary("cohort_kind", "What holds a cohort together.", (
    Term("intake", QT_TRANSLATE_NOOP("PartnerDesk", "Intake")),
    Term("group", QT_TRANSLATE_NOOP("PartnerDesk", "Group")),
    Term("bip", QT_TRANSLATE_NOOP("PartnerDesk", "Blended programme")),
    Term("staff-week", QT_TRANSLATE_NOOP("PartnerDesk", "Staff week")),
    Term("school-group", QT_TRANSLATE_NOOP("PartnerDesk", "School group")),
))
OFFER = Vocabulary("offer", "What became of an application.", (
    Term("none", QT_TRANSLATE_NOOP("PartnerDesk", "Not decided")),
    Term("placed", QT_TRANSLATE_NOOP("PartnerDesk", "Placed")),
    Term("offered", QT_TRANSLATE_NOOP("PartnerDesk", "Offered")),
    Term("accepted", QT_TRANSLATE_NOOP("PartnerDesk", "Offer accepted")),
    Term("declined", QT_TRANSLATE_NOOP("PartnerDesk", "Offer declined")),
    Term("waiting", QT_TRANSLATE_NOOP("PartnerDesk", "Waiting list")),
    Term("withdrawn", QT_TRANSLATE_NOOP("PartnerDesk", "Withdrawn")),
))
DOC_STAGE = Vocabulary("doc_stage", "When on the way of a stay a document is wanted.", (
    Term("nomination", QT_TRANSLATE_NOOP("PartnerDesk", "Before nomination")),
    Term("departure", QT_TRANSLATE_NOOP("PartnerDesk", "Before departure")),
    Term("arrival", QT_TRANSLATE_NOOP("PartnerDesk", "After arrival")),
    Term("return", QT_TRANSLATE_NOOP("PartnerDesk", "After return")),
))
DOC_ANCHOR = Vocabulary("doc_anchor", "What the due day of a document is counted from.", (
    Term("nomination", QT_TRANSLATE_NOOP("PartnerDesk", "Nomination deadline")),
    Term("start", QT_TRANSLATE_NOOP("PartnerDesk", "First day")),
    Term("end", QT_TRANSLATE_NOOP("PartnerDesk", "Last day")),
))
DOC_CONDITION = Vocabulary("doc_condition", "When a document is wanted at all.", (
    Term("visa", QT_TRANSLATE_NOOP("PartnerDesk", "A visa is needed")),
    Term("minor", QT_TRANSLATE_NOOP("PartnerDesk", "The person is a minor")),
    Term("green", QT_TRANSLATE_NOOP("PartnerDesk", "Travel is green")),
    Term("grant", QT_TRANSLATE_NOOP("PartnerDesk", "There is a grant")),
))
STAY_DOCUMENT = Vocabulary("stay_document", "Documents of a stay.", (
    Term("application_form", QT_TRANSLATE_NOOP("PartnerDesk", "Application form")),
    Term("records_home", QT_TRANSLATE_NOOP("PartnerDesk", "Transcript of records from home")),
    Term("language_certificate", QT_TRANSLATE_NOOP("PartnerDesk", "Language certificate")),
    Term("motivation_letter", QT_TRANSLATE_NOOP("PartnerDesk", "Motivation letter")),
    Term("cv", QT_TRANSLATE_NOOP("PartnerDesk", "Curriculum vitae")),
    Term("passport", QT_TRANSLATE_NOOP("PartnerDesk", "Copy of the passport")),
    Term("learning_agreement", QT_TRANSLATE_NOOP("PartnerDesk", "Learning agreement")),
    Term("mobility_agreement", QT_TRANSLATE_NOOP("PartnerDesk", "Mobility agreement of staff")),
    Term("grant_agreement", QT_TRANSLATE_NOOP("PartnerDesk", "Grant agreement")),
    Term("insurance", QT_TRANSLATE_NOOP("PartnerDesk", "Insurance proof")),
    Term("residence_permit", QT_TRANSLATE_NOOP("PartnerDesk", "Visa or residence permit")),
    Term("emergency_contact", QT_TRANSLATE_NOOP("PartnerDesk", "Emergency contact")),
    Term("guardian_consent", QT_TRANSLATE_NOOP("PartnerDesk", "Consent of the guardian")),
    Term("school_consent", QT_TRANSLATE_NOOP("PartnerDesk", "Consents held by the school")),
    Term("acceptance", QT_TRANSLATE_NOOP("PartnerDesk", "Letter of acceptance")),
    Term("arrival", QT_TRANSLATE_NOOP("PartnerDesk", "Certificate of arrival")),
    Term("learning_change", QT_TRANSLATE_NOOP("PartnerDesk", "Change of the learning agreement")),
    Term("attendance", QT_TRANSLATE_NOOP("PartnerDesk", "Certificate of attendance")),
    Term("transcript", QT_TRANSLATE_NOOP("PartnerDesk", "Transcript of records")),
    Term("report", QT_TRANSLATE_NOOP("PartnerDesk", "Participant report")),
    Term("travel_proof", QT_TRANSLATE_NOOP("PartnerDesk", "Proof of travel")),
    Term("recognition", QT_TRANSLATE_NOOP("PartnerDesk", "Recognition form")),
    Term("other", QT_TRANSLATE_NOOP("PartnerDesk", "Other document")),
))
LA_PART = Vocabulary("la_part", "Tables of a learning agreement.", (
    Term("A", QT_TRANSLATE_NOOP("PartnerDesk", "Table A, at the host")),
    Term("B", QT_TRANSLATE_NOOP("PartnerDesk", "Table B, recognised at home")),
    Term("C", QT_TRANSLATE_NOOP("PartnerDesk", "Table C, virtual")),
    Term("D", QT_TRANSLATE_NOOP("PartnerDesk", "Short-term, blended or doctoral")),
))
LA_REASON = Vocabulary("la_reason", "Why a component of a learning agreement is changed.", (
    Term("not-available", QT_TRANSLATE_NOOP("PartnerDesk", "Course is not available")),
    Term("other-language", QT_TRANSLATE_NOOP("PartnerDesk", "Taught in another language")),
    Term("timetable", QT_TRANSLATE_NOOP("PartnerDesk", "Timetable conflict")),
    Term("substitute", QT_TRANSLATE_NOOP("PartnerDesk", "Replaces a deleted course")),
    Term("extension", QT_TRANSLATE_NOOP("PartnerDesk", "Stay is extended")),
    Term("other", QT_TRANSLATE_NOOP("PartnerDesk", "Other reason")),
))
RECOGNITION_DECISION = Vocabulary("recognition_decision", "What home decided on a course taken away.", (
    Term("open", QT_TRANSLATE_NOOP("PartnerDesk", "Not decided")),
    Term("recognised", QT_TRANSLATE_NOOP("PartnerDesk", "Recognised")),
    Term("refused", QT_TRANSLATE_NOOP("PartnerDesk", "Not recognised")),
))
GRANT_RATE_KIND = Vocabulary("grant_rate_kind", "What a rate of a grant table is for.", (
    Term("month", QT_TRANSLATE_NOOP("PartnerDesk", "Per month")),
    Term("short-day", QT_TRANSLATE_NOOP("PartnerDesk", "Per day of a short stay")),
    Term("staff-day", QT_TRANSLATE_NOOP("PartnerDesk", "Per day of staff")),
    Term("travel", QT_TRANSLATE_NOOP("PartnerDesk", "Travel by distance")),
    Term("top-up-month", QT_TRANSLATE_NOOP("PartnerDesk", "Top-up per month")),
    Term("top-up-once", QT_TRANSLATE_NOOP("PartnerDesk", "Top-up, once")),
    Term("country", QT_TRANSLATE_NOOP("PartnerDesk", "Group of a country")),
))
GRANT_STATUS = Vocabulary("grant_status", "Where a grant stands.", (
    Term("calculated", QT_TRANSLATE_NOOP("PartnerDesk", "Calculated")),
    Term("frozen", QT_TRANSLATE_NOOP("PartnerDesk", "Frozen")),
    Term("signed", QT_TRANSLATE_NOOP("PartnerDesk", "Signed")),
    Term("paid", QT_TRANSLATE_NOOP("PartnerDesk", "Paid")),
    Term("closed", QT_TRANSLATE_NOOP("PartnerDesk", "Closed")),
))
BALANCE_UNIT = Vocabulary("balance_unit", "What a balance of exchange is counted in.", (
    Term("heads", QT_TRANSLATE_NOOP("PartnerDesk", "People")),
    Term("months", QT_TRANSLATE_NOOP("PartnerDesk", "Months")),
    Term("terms", QT_TRANSLATE_NOOP("PartnerDesk", "Semesters")),
))
