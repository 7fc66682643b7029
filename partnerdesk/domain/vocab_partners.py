"""The short lists that institutions, their contacts and partnerships choose from."""

from partnerdesk.domain.terms import Term, Vocabulary
from partnerdesk.domain.words import QT_TRANSLATE_NOOP

COOPERATION_FORM = Vocabulary(
    "cooperation_form",
    "What a partnership is for: the five forms and other.",
    (
        Term("student_exchange", QT_TRANSLATE_NOOP("PartnerDesk", "Student exchange"), icon="STUDENTS"),
        Term("faculty_exchange", QT_TRANSLATE_NOOP("PartnerDesk", "Faculty exchange"), icon="STAFF"),
        Term("joint_research", QT_TRANSLATE_NOOP("PartnerDesk", "Joint research"), icon="RESEARCH"),
        Term("curriculum_development", QT_TRANSLATE_NOOP("PartnerDesk", "Curriculum development"), icon="CURRICULUM"),
        Term("best_practice", QT_TRANSLATE_NOOP("PartnerDesk", "Sharing best practice"), icon="PRACTICE"),
        Term("other", QT_TRANSLATE_NOOP("PartnerDesk", "Other cooperation")),
    ),
)
ORG_TYPE = Vocabulary(
    "org_type",
    "Types of organisation as the Erasmus+ programme lists them.",
    (
        Term("EPLUS-EDU-HEI", QT_TRANSLATE_NOOP("PartnerDesk", "Higher education institution")),
        Term("EPLUS-EDU-GEN-PRE", QT_TRANSLATE_NOOP("PartnerDesk", "School, pre-primary")),
        Term("EPLUS-EDU-GEN-PRI", QT_TRANSLATE_NOOP("PartnerDesk", "School, primary")),
        Term("EPLUS-EDU-GEN-SEC", QT_TRANSLATE_NOOP("PartnerDesk", "School, general secondary")),
        Term("EPLUS-EDU-VOC-SEC", QT_TRANSLATE_NOOP("PartnerDesk", "Vocational school, secondary")),
        Term("EPLUS-EDU-VOC-TER", QT_TRANSLATE_NOOP("PartnerDesk", "Vocational school, tertiary")),
        Term("EPLUS-EDU-ADULT", QT_TRANSLATE_NOOP("PartnerDesk", "Adult education")),
        Term("EPLUS-RES", QT_TRANSLATE_NOOP("PartnerDesk", "Research institute or centre")),
        Term("EPLUS-BODY-PUB-NAT", QT_TRANSLATE_NOOP("PartnerDesk", "National public body")),
        Term("EPLUS-BODY-PUB-REG", QT_TRANSLATE_NOOP("PartnerDesk", "Regional public body")),
        Term("EPLUS-BODY-PUB-LOC", QT_TRANSLATE_NOOP("PartnerDesk", "Local public body")),
        Term("EPLUS-BODY-ACCRED", QT_TRANSLATE_NOOP("PartnerDesk", "Accreditation or qualification body")),
        Term("EPLUS-BODY-CONS", QT_TRANSLATE_NOOP("PartnerDesk", "Counselling body")),
        Term("EPLUS-ENT-SME", QT_TRANSLATE_NOOP("PartnerDesk", "Small or medium-sized enterprise")),
        Term("EPLUS-ENT-LARGE", QT_TRANSLATE_NOOP("PartnerDesk", "Large enterprise")),
        Term("EPLUS-NGO", QT_TRANSLATE_NOOP("PartnerDesk", "Non-governmental organisation")),
        Term("EPLUS-ENGO", QT_TRANSLATE_NOOP("PartnerDesk", "European non-governmental organisation")),
        Term("EPLUS-FOUND", QT_TRANSLATE_NOOP("PartnerDesk", "Foundation")),
        Term("EPLUS-SOCIAL", QT_TRANSLATE_NOOP("PartnerDesk", "Social partner or chamber")),
        Term("EPLUS-INTER", QT_TRANSLATE_NOOP("PartnerDesk", "International organisation")),
        Term("EPLUS-NET-EU", QT_TRANSLATE_NOOP("PartnerDesk", "EU-wide network")),
        Term("EPLUS-YOUTH-COUNCIL", QT_TRANSLATE_NOOP("PartnerDesk", "National youth council")),
        Term("EPLUS-YOUTH-GROUP", QT_TRANSLATE_NOOP("PartnerDesk", "Youth group")),
        Term("EPLUS-EURO-GROUP-COOP", QT_TRANSLATE_NOOP("PartnerDesk", "European grouping of territorial cooperation")),
        Term("EPLUS-SPORT-FED", QT_TRANSLATE_NOOP("PartnerDesk", "Sport federation")),
        Term("EPLUS-SPORT-LEAGUE", QT_TRANSLATE_NOOP("PartnerDesk", "Sport league")),
        Term("EPLUS-SPORT-CLUB", QT_TRANSLATE_NOOP("PartnerDesk", "Sport club")),
        Term("EPLUS-SPORT-PARTIAL", QT_TRANSLATE_NOOP("PartnerDesk", "Sport organisation")),
        Term("OTH", QT_TRANSLATE_NOOP("PartnerDesk", "Other organisation")),
    ),
)
CONTACT_ROLE = Vocabulary(
    "contact_role",
    "What the office turns to a contact for.",
    (
        Term("institutional", QT_TRANSLATE_NOOP("PartnerDesk", "Institutional coordinator")),
        Term("departmental", QT_TRANSLATE_NOOP("PartnerDesk", "Departmental coordinator")),
        Term("outgoing", QT_TRANSLATE_NOOP("PartnerDesk", "Outgoing students")),
        Term("incoming", QT_TRANSLATE_NOOP("PartnerDesk", "Incoming students")),
        Term("staff", QT_TRANSLATE_NOOP("PartnerDesk", "Staff mobility")),
        Term("signee", QT_TRANSLATE_NOOP("PartnerDesk", "Signs agreements")),
        Term("finance", QT_TRANSLATE_NOOP("PartnerDesk", "Finance")),
        Term("research", QT_TRANSLATE_NOOP("PartnerDesk", "Research")),
        Term("emergency", QT_TRANSLATE_NOOP("PartnerDesk", "Emergency")),
        Term("web-form", QT_TRANSLATE_NOOP("PartnerDesk", "Web form")),
    ),
)
STAGE = Vocabulary(
    "stage",
    "How far a partnership has come.",
    (
        Term("prospect", QT_TRANSLATE_NOOP("PartnerDesk", "Prospect")),
        Term("proposal", QT_TRANSLATE_NOOP("PartnerDesk", "Proposal")),
        Term("active", QT_TRANSLATE_NOOP("PartnerDesk", "Active")),
        Term("review", QT_TRANSLATE_NOOP("PartnerDesk", "Under review")),
        Term("dormant", QT_TRANSLATE_NOOP("PartnerDesk", "Dormant")),
        Term("ended", QT_TRANSLATE_NOOP("PartnerDesk", "Ended")),
    ),
)
PARTNERSHIP_KIND = Vocabulary(
    "partnership_kind",
    "How many take part.",
    (
        Term("bilateral", QT_TRANSLATE_NOOP("PartnerDesk", "Bilateral")),
        Term("multilateral", QT_TRANSLATE_NOOP("PartnerDesk", "Multilateral")),
        Term("network", QT_TRANSLATE_NOOP("PartnerDesk", "Network")),
    ),
)
MEMBER_ROLE = Vocabulary(
    "member_role",
    "The part of an institution in a partnership.",
    (
        Term("home", QT_TRANSLATE_NOOP("PartnerDesk", "Our institution")),
        Term("partner", QT_TRANSLATE_NOOP("PartnerDesk", "Partner")),
        Term("coordinator", QT_TRANSLATE_NOOP("PartnerDesk", "Coordinator")),
        Term("associated", QT_TRANSLATE_NOOP("PartnerDesk", "Associated partner")),
    ),
)
INSTITUTION_STATUS = Vocabulary(
    "institution_status",
    "What an institution is to the office.",
    (
        Term("prospect", QT_TRANSLATE_NOOP("PartnerDesk", "Prospect")),
        Term("active", QT_TRANSLATE_NOOP("PartnerDesk", "Active")),
        Term("dormant", QT_TRANSLATE_NOOP("PartnerDesk", "Dormant")),
        Term("ended", QT_TRANSLATE_NOOP("PartnerDesk", "Ended")),
        Term("blocked", QT_TRANSLATE_NOOP("PartnerDesk", "Blocked")),
    ),
)
TIER = Vocabulary(
    "tier",
    "How much a partnership matters to the strategy, the first most.",
    (
        Term("1", QT_TRANSLATE_NOOP("PartnerDesk", "Tier 1"), icon="TIER"),
        Term("2", QT_TRANSLATE_NOOP("PartnerDesk", "Tier 2"), icon="TIER"),
        Term("3", QT_TRANSLATE_NOOP("PartnerDesk", "Tier 3"), icon="TIER"),
    ),
)
ALIAS_KIND = Vocabulary(
    "alias_kind",
    "Why an institution has another name.",
    (
        Term("alias", QT_TRANSLATE_NOOP("PartnerDesk", "Other name")),
        Term("former", QT_TRANSLATE_NOOP("PartnerDesk", "Former name")),
        Term("translation", QT_TRANSLATE_NOOP("PartnerDesk", "Translation")),
        Term("acronym", QT_TRANSLATE_NOOP("PartnerDesk", "Acronym")),
    ),
)
UNIT_KIND = Vocabulary(
    "unit_kind",
    "Kinds of unit in an institution.",
    (
        Term("faculty", QT_TRANSLATE_NOOP("PartnerDesk", "Faculty")),
        Term("department", QT_TRANSLATE_NOOP("PartnerDesk", "Department")),
        Term("school", QT_TRANSLATE_NOOP("PartnerDesk", "School")),
        Term("centre", QT_TRANSLATE_NOOP("PartnerDesk", "Centre")),
        Term("office", QT_TRANSLATE_NOOP("PartnerDesk", "Office")),
    ),
)
HEMISPHERE = Vocabulary(
    "hemisphere",
    "When the academic year runs.",
    (
        Term("n", QT_TRANSLATE_NOOP("PartnerDesk", "Northern, autumn to summer")),
        Term("s", QT_TRANSLATE_NOOP("PartnerDesk", "Southern, January to December")),
    ),
)
GEO_PRECISION = Vocabulary(
    "geo_precision",
    "How exact a point on the map is.",
    (
        Term("exact", QT_TRANSLATE_NOOP("PartnerDesk", "Exact")),
        Term("city", QT_TRANSLATE_NOOP("PartnerDesk", "City")),
        Term("country", QT_TRANSLATE_NOOP("PartnerDesk", "Country")),
    ),
)
