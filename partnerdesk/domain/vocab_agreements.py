"""The short lists that agreements, their terms and their papers choose from."""

from partnerdesk.domain.terms import Term, Vocabulary
from partnerdesk.domain.words import QT_TRANSLATE_NOOP

AGREEMENT_TYPE = Vocabulary(
    "agreement_type",
    "Kinds of paper between partners.",
    (
        Term("mou", QT_TRANSLATE_NOOP("PartnerDesk", "Memorandum of understanding")),
        Term("student_exchange", QT_TRANSLATE_NOOP("PartnerDesk", "Student exchange")),
        Term("staff_exchange", QT_TRANSLATE_NOOP("PartnerDesk", "Staff exchange")),
        Term(
            "erasmus_iia",
            QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus inter-institutional agreement"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus agreement"),
        ),
        Term("double_degree", QT_TRANSLATE_NOOP("PartnerDesk", "Joint or double degree")),
        Term(
            "cotutelle",
            QT_TRANSLATE_NOOP("PartnerDesk", "Joint doctoral supervision"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Joint supervision"),
        ),
        Term("research", QT_TRANSLATE_NOOP("PartnerDesk", "Research cooperation")),
        Term("consortium", QT_TRANSLATE_NOOP("PartnerDesk", "Project consortium")),
        Term("letter_of_intent", QT_TRANSLATE_NOOP("PartnerDesk", "Letter of intent")),
        Term("traineeship", QT_TRANSLATE_NOOP("PartnerDesk", "Traineeship or placement")),
        Term("other", QT_TRANSLATE_NOOP("PartnerDesk", "Other agreement")),
    ),
)
ACTIVITY = Vocabulary(
    "activity",
    "Kinds of stay a condition grants places for; the codes of EWP where it has one.",
    (
        Term(
            "student-studies",
            QT_TRANSLATE_NOOP("PartnerDesk", "Student, studies"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Studies"),
        ),
        Term(
            "student-traineeship",
            QT_TRANSLATE_NOOP("PartnerDesk", "Student, traineeship"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Traineeship"),
        ),
        Term(
            "student-short",
            QT_TRANSLATE_NOOP("PartnerDesk", "Student, short stay"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Short stay"),
        ),
        Term(
            "doctoral-short",
            QT_TRANSLATE_NOOP("PartnerDesk", "Doctoral candidate, short stay"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Doctoral"),
        ),
        Term(
            "bip",
            QT_TRANSLATE_NOOP("PartnerDesk", "Blended intensive programme"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Intensive"),
        ),
        Term(
            "staff-teacher",
            QT_TRANSLATE_NOOP("PartnerDesk", "Staff, teaching"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Teaching"),
        ),
        Term(
            "staff-training",
            QT_TRANSLATE_NOOP("PartnerDesk", "Staff, training"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Training"),
        ),
        Term(
            "research-stay",
            QT_TRANSLATE_NOOP("PartnerDesk", "Research stay"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Research"),
        ),
        Term(
            "virtual",
            QT_TRANSLATE_NOOP("PartnerDesk", "Virtual exchange"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Virtual"),
        ),
        Term(
            "school-exchange",
            QT_TRANSLATE_NOOP("PartnerDesk", "School exchange"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "School"),
        ),
    ),
)
PROGRAMME = Vocabulary(
    "programme",
    "Programmes that pay for or frame an exchange.",
    (
        Term("erasmus-ka131", QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus+ within Europe (KA131)")),
        Term("erasmus-ka171", QT_TRANSLATE_NOOP("PartnerDesk", "Erasmus+ worldwide (KA171)")),
        Term("bilateral", QT_TRANSLATE_NOOP("PartnerDesk", "Bilateral exchange")),
        Term("swiss-mobility", QT_TRANSLATE_NOOP("PartnerDesk", "Swiss-European Mobility Programme")),
        Term("turing", QT_TRANSLATE_NOOP("PartnerDesk", "Turing Scheme")),
        Term("taith", QT_TRANSLATE_NOOP("PartnerDesk", "Taith")),
        Term("nordplus", QT_TRANSLATE_NOOP("PartnerDesk", "Nordplus")),
        Term("ceepus", QT_TRANSLATE_NOOP("PartnerDesk", "CEEPUS")),
        Term("daad", QT_TRANSLATE_NOOP("PartnerDesk", "DAAD")),
        Term("fulbright", QT_TRANSLATE_NOOP("PartnerDesk", "Fulbright")),
        Term("national", QT_TRANSLATE_NOOP("PartnerDesk", "National programme")),
        Term("free-mover", QT_TRANSLATE_NOOP("PartnerDesk", "Free mover")),
        Term("other", QT_TRANSLATE_NOOP("PartnerDesk", "Other programme")),
    ),
)
LEVEL = Vocabulary(
    "level",
    "Levels of the European Qualifications Framework, with the cycle of higher education.",
    (
        Term("1", QT_TRANSLATE_NOOP("PartnerDesk", "EQF 1")),
        Term("2", QT_TRANSLATE_NOOP("PartnerDesk", "EQF 2")),
        Term("3", QT_TRANSLATE_NOOP("PartnerDesk", "EQF 3")),
        Term("4", QT_TRANSLATE_NOOP("PartnerDesk", "EQF 4")),
        Term(
            "5",
            QT_TRANSLATE_NOOP("PartnerDesk", "Short cycle (EQF 5)"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Short cycle"),
        ),
        Term(
            "6",
            QT_TRANSLATE_NOOP("PartnerDesk", "Bachelor (EQF 6)"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Bachelor"),
        ),
        Term("7", QT_TRANSLATE_NOOP("PartnerDesk", "Master (EQF 7)"), short=QT_TRANSLATE_NOOP("PartnerDesk", "Master")),
        Term(
            "8",
            QT_TRANSLATE_NOOP("PartnerDesk", "Doctorate (EQF 8)"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "Doctorate"),
        ),
    ),
)
CEFR = Vocabulary(
    "cefr",
    "Language levels of the Common European Framework, rising.",
    (
        Term("A1", QT_TRANSLATE_NOOP("PartnerDesk", "A1")),
        Term("A2", QT_TRANSLATE_NOOP("PartnerDesk", "A2")),
        Term("B1", QT_TRANSLATE_NOOP("PartnerDesk", "B1")),
        Term("B2", QT_TRANSLATE_NOOP("PartnerDesk", "B2")),
        Term("C1", QT_TRANSLATE_NOOP("PartnerDesk", "C1")),
        Term("C2", QT_TRANSLATE_NOOP("PartnerDesk", "C2")),
        Term("NS", QT_TRANSLATE_NOOP("PartnerDesk", "Native speaker")),
    ),
)
VERSION_STATUS = Vocabulary(
    "version_status",
    "What became of a version of an agreement.",
    (
        Term("draft", QT_TRANSLATE_NOOP("PartnerDesk", "Draft"), icon="DRAFT"),
        Term("sent", QT_TRANSLATE_NOOP("PartnerDesk", "Sent"), icon="WAITING"),
        Term("negotiation", QT_TRANSLATE_NOOP("PartnerDesk", "Under negotiation"), icon="WAITING"),
        Term("approved", QT_TRANSLATE_NOOP("PartnerDesk", "Approved"), icon="APPROVE"),
        Term("replaced", QT_TRANSLATE_NOOP("PartnerDesk", "Replaced"), icon="ENDED"),
    ),
)
SIGNATURE_KIND = Vocabulary(
    "signature_kind",
    "How a side approved.",
    (
        Term("paper", QT_TRANSLATE_NOOP("PartnerDesk", "On paper")),
        Term("digital", QT_TRANSLATE_NOOP("PartnerDesk", "Digitally")),
        Term(
            "ewp",
            QT_TRANSLATE_NOOP("PartnerDesk", "Through Erasmus Without Paper"),
            short=QT_TRANSLATE_NOOP("PartnerDesk", "EWP"),
        ),
    ),
)
DOCUMENT_KIND = Vocabulary(
    "document_kind",
    "Papers kept with a partner or an agreement.",
    (
        Term("signed_agreement", QT_TRANSLATE_NOOP("PartnerDesk", "Signed agreement")),
        Term("draft_agreement", QT_TRANSLATE_NOOP("PartnerDesk", "Draft")),
        Term("amendment", QT_TRANSLATE_NOOP("PartnerDesk", "Amendment")),
        Term("correspondence", QT_TRANSLATE_NOOP("PartnerDesk", "Correspondence")),
        Term("minutes", QT_TRANSLATE_NOOP("PartnerDesk", "Minutes of a meeting")),
        Term("factsheet", QT_TRANSLATE_NOOP("PartnerDesk", "Factsheet")),
        Term("proposal", QT_TRANSLATE_NOOP("PartnerDesk", "Proposal")),
        Term("evaluation", QT_TRANSLATE_NOOP("PartnerDesk", "Evaluation")),
        Term("notice", QT_TRANSLATE_NOOP("PartnerDesk", "Notice of termination")),
        Term("other", QT_TRANSLATE_NOOP("PartnerDesk", "Other document")),
    ),
)
DOCUMENT_STATE = Vocabulary(
    "document_state",
    "Where a paper stands.",
    (
        Term("required", QT_TRANSLATE_NOOP("PartnerDesk", "Required")),
        Term("requested", QT_TRANSLATE_NOOP("PartnerDesk", "Requested")),
        Term("received", QT_TRANSLATE_NOOP("PartnerDesk", "Received")),
        Term("checked", QT_TRANSLATE_NOOP("PartnerDesk", "Checked")),
        Term("rejected", QT_TRANSLATE_NOOP("PartnerDesk", "Rejected")),
        Term("waived", QT_TRANSLATE_NOOP("PartnerDesk", "Waived")),
    ),
)
EVENT_KIND = Vocabulary(
    "event_kind",
    "What can happen to an agreement on its way.",
    (
        Term("sent", QT_TRANSLATE_NOOP("PartnerDesk", "Sent")),
        Term("received", QT_TRANSLATE_NOOP("PartnerDesk", "Received")),
        Term("reminded", QT_TRANSLATE_NOOP("PartnerDesk", "Reminded")),
        Term("approved", QT_TRANSLATE_NOOP("PartnerDesk", "Approved")),
        Term("amended", QT_TRANSLATE_NOOP("PartnerDesk", "Amended")),
        Term("terminated", QT_TRANSLATE_NOOP("PartnerDesk", "Terminated")),
        Term("reverted", QT_TRANSLATE_NOOP("PartnerDesk", "Taken back")),
        Term("note", QT_TRANSLATE_NOOP("PartnerDesk", "Note")),
    ),
)
STATE = Vocabulary(
    "state",
    "The derived state of an agreement, most pressing first.",
    (
        Term("notice_window", QT_TRANSLATE_NOOP("PartnerDesk", "Notice due"), icon="NOTICE"),
        Term("expiring", QT_TRANSLATE_NOOP("PartnerDesk", "Expiring"), icon="SOON"),
        Term("terminating", QT_TRANSLATE_NOOP("PartnerDesk", "Being ended"), icon="TERMINATING"),
        Term("in_effect", QT_TRANSLATE_NOOP("PartnerDesk", "In effect"), icon="HOLDS"),
        Term("waiting_us", QT_TRANSLATE_NOOP("PartnerDesk", "With us"), icon="WAITING"),
        Term("waiting_partner", QT_TRANSLATE_NOOP("PartnerDesk", "With partner"), icon="WAITING"),
        Term("future", QT_TRANSLATE_NOOP("PartnerDesk", "Starts later"), icon="STARTS_LATER"),
        Term("draft", QT_TRANSLATE_NOOP("PartnerDesk", "Draft"), icon="DRAFT"),
        Term("expired", QT_TRANSLATE_NOOP("PartnerDesk", "Expired"), icon="ENDED"),
        Term("terminated", QT_TRANSLATE_NOOP("PartnerDesk", "Terminated"), icon="ENDED"),
        Term("superseded", QT_TRANSLATE_NOOP("PartnerDesk", "Superseded"), icon="ENDED"),
    ),
)
DIRECTION = Vocabulary(
    "direction",
    "Seen from our office.",
    (
        Term("out", QT_TRANSLATE_NOOP("PartnerDesk", "Outgoing"), short=QT_TRANSLATE_NOOP("PartnerDesk", "Out")),
        Term("in", QT_TRANSLATE_NOOP("PartnerDesk", "Incoming"), short=QT_TRANSLATE_NOOP("PartnerDesk", "In")),
    ),
)
OVERFLOW = Vocabulary(
    "overflow",
    "What happens when more come than there are places.",
    (
        Term("soft", QT_TRANSLATE_NOOP("PartnerDesk", "Warn when full")),
        Term("hard", QT_TRANSLATE_NOOP("PartnerDesk", "Refuse when full")),
    ),
)
PLACES_UNIT = Vocabulary(
    "places_unit",
    "What places are counted in.",
    (
        Term("heads", QT_TRANSLATE_NOOP("PartnerDesk", "People")),
        Term("months", QT_TRANSLATE_NOOP("PartnerDesk", "Months")),
        Term("semesters", QT_TRANSLATE_NOOP("PartnerDesk", "Semesters")),
    ),
)
SIDE = Vocabulary(
    "side",
    "Whose signature it is.",
    (
        Term("our", QT_TRANSLATE_NOOP("PartnerDesk", "Our side")),
        Term("partner", QT_TRANSLATE_NOOP("PartnerDesk", "Partner's side")),
    ),
)
ENDED_BY = Vocabulary(
    "ended_by",
    "Who ended an agreement.",
    (
        Term("us", QT_TRANSLATE_NOOP("PartnerDesk", "By us")),
        Term("partner", QT_TRANSLATE_NOOP("PartnerDesk", "By the partner")),
        Term("both", QT_TRANSLATE_NOOP("PartnerDesk", "By both")),
    ),
)
