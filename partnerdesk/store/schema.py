"""The schema of the office file, declared once: a table per record type, and what is derived from them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import calls as ca
from partnerdesk.domain import cohorts as co
from partnerdesk.domain import followups as fo
from partnerdesk.domain import grades as gd
from partnerdesk.domain import grants as gr
from partnerdesk.domain import learning as le
from partnerdesk.domain import office as of
from partnerdesk.domain import outputs as ou
from partnerdesk.domain import partners as pa
from partnerdesk.domain import people as pe
from partnerdesk.domain import projects as pr
from partnerdesk.domain import stays as st
from partnerdesk.domain import transcripts as tr
from partnerdesk.domain import visits as vi
from partnerdesk.domain.balance import BalanceTerms
from partnerdesk.domain.doc_rules import DocRule
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.shares import ConditionShare
from partnerdesk.store.codec import column_types

SCHEMA_VERSION = 4
APPLICATION_ID = 0x5044534B

metadata = sa.MetaData()


@dataclass(frozen=True)
class Kind:
    """How one record type is stored: its table, the record it belongs to, its links and indexes.

    `owner` names the column that leads towards the root record ("partner", "agreement", …) whose
    history, views and search text a change of this row touches; a root has no owner but a `root` name.
    """

    record: type
    table: sa.Table
    root: str
    owner: str
    links: dict[str, str] = field(default_factory=dict)

    @property
    def owners(self) -> tuple[str, ...]:
        """The columns that may lead to the root, of which a row fills one."""
        return tuple(self.owner.split("|")) if self.owner else ()


KINDS: dict[type, Kind] = {}
BY_TABLE: dict[str, Kind] = {}


def _column(name: str, kind: Any, optional: bool, link: str | None) -> sa.Column[Any]:
    types: dict[Any, Any] = {
        str: sa.Text(), int: sa.Integer(), bool: sa.Integer(), float: sa.Float(), date: sa.Text(), tuple: sa.Text()
    }
    if name == "id":
        return sa.Column("id", sa.Integer(), primary_key=True)
    extra = (sa.ForeignKey(f"{link}.id"),) if link else ()
    unique = name == "uid"
    return sa.Column(name, types[kind], *extra, nullable=optional, unique=unique or None)


def _declare(
    record: type, table: str, *, root: str = "", owner: str = "", links: dict[str, str] | None = None,
    indexes: tuple[str, ...] = (), unique: tuple[tuple[str, ...], ...] = (),
) -> None:
    links = links or {}
    columns = [_column(n, k, o, links.get(n)) for n, (k, o) in column_types(record).items()]
    made = sa.Table(table, metadata, *columns, sqlite_autoincrement=True)
    for spec in (*links, *indexes):
        names = spec.split("+")
        sa.Index(f"ix_{table}_{'_'.join(names)}", *(made.c[n] for n in names))
    for group in unique:
        sa.Index(f"ux_{table}_{'_'.join(group)}", *(made.c[n] for n in group), unique=True)
    kind = Kind(record, made, root, owner, links)
    KINDS[record] = BY_TABLE[table] = kind


_declare(pa.Institution, "institution", root="partner", links={"successor_id": "institution"},
         indexes=("country",))
_declare(pa.Identifier, "institution_identifier", owner="institution_id",
         links={"institution_id": "institution"}, indexes=("scheme+value",))
_declare(pa.Alias, "institution_name", owner="institution_id", links={"institution_id": "institution"})
_declare(pa.OrgUnit, "org_unit", owner="institution_id",
         links={"institution_id": "institution", "parent_id": "org_unit"})
_declare(pa.Contact, "contact", owner="institution_id",
         links={"institution_id": "institution", "unit_id": "org_unit"})
_declare(pa.Partnership, "partnership", root="partnership", links={"own_unit_id": "org_unit"})
_declare(pa.Member, "partnership_member", owner="partnership_id",
         links={"partnership_id": "partnership", "institution_id": "institution", "unit_id": "org_unit"},
         unique=(("partnership_id", "institution_id"),))
_declare(ag.Agreement, "agreement", root="agreement",
         links={"partnership_id": "partnership", "predecessor_id": "agreement"})
_declare(ag.AgreementVersion, "agreement_version", owner="agreement_id",
         links={"agreement_id": "agreement"}, unique=(("agreement_id", "n"),))
_declare(ag.Party, "agreement_party", owner="agreement_id",
         links={"agreement_id": "agreement", "institution_id": "institution", "unit_id": "org_unit",
                "signee_id": "contact"})
_declare(ag.SignOff, "sign_off", owner="version_id",
         links={"version_id": "agreement_version", "party_id": "agreement_party"},
         unique=(("version_id", "party_id"),))
_declare(ag.Condition, "condition", owner="version_id",
         links={"version_id": "agreement_version", "partner_id": "institution", "own_unit_id": "org_unit",
                "partner_unit_id": "org_unit"})
_declare(ag.ConditionYear, "condition_year", owner="condition_id", links={"condition_id": "condition"},
         unique=(("condition_id", "year"),))
_declare(ag.Event, "agreement_event", owner="agreement_id", links={"agreement_id": "agreement"})
_declare(pe.Person, "person", root="person", indexes=("local_id", "esi"))
_declare(pe.PersonContact, "person_contact", owner="person_id", links={"person_id": "person"})
_declare(pe.PersonLanguage, "person_language", owner="person_id", links={"person_id": "person"})
_declare(pe.Enrolment, "enrolment", owner="person_id",
         links={"person_id": "person", "institution_id": "institution", "unit_id": "org_unit"})
_declare(st.Stay, "stay", root="stay",
         links={"person_id": "person", "sending_id": "institution", "sending_unit_id": "org_unit",
                "receiving_id": "institution", "receiving_unit_id": "org_unit", "agreement_id": "agreement",
                "condition_id": "condition", "home_contact_id": "contact", "host_contact_id": "contact"},
         indexes=("condition_id+year+sending_status+receiving_status+deleted_at",))
_declare(st.StayEvent, "stay_event", owner="stay_id", links={"stay_id": "stay"})
_declare(st.Override, "rule_override", owner="stay_id", links={"stay_id": "stay"})
_declare(le.LearningVersion, "learning_version", owner="stay_id", links={"stay_id": "stay"},
         unique=(("stay_id", "n"),))
_declare(le.LearningComponent, "learning_component", owner="version_id", links={"version_id": "learning_version"})
_declare(gd.GradeTable, "grade_table", owner="institution_id", links={"institution_id": "institution"})
_declare(gd.GradeRow, "grade_row", owner="table_id", links={"table_id": "grade_table"})
_declare(tr.Transcript, "transcript", owner="stay_id",
         links={"stay_id": "stay", "grade_table_id": "grade_table"})
_declare(tr.TranscriptLine, "transcript_line", owner="transcript_id", links={"transcript_id": "transcript"})
_declare(tr.Recognition, "recognition", owner="line_id",
         links={"line_id": "transcript_line", "component_id": "learning_component"})
_declare(gr.GrantTable, "grant_table", root="grant_table")
_declare(gr.GrantRate, "grant_rate", owner="table_id", links={"table_id": "grant_table"})
_declare(gr.GrantAward, "grant_award", owner="stay_id", links={"stay_id": "stay", "table_id": "grant_table"})
_declare(gr.GrantPayment, "grant_payment", owner="award_id", links={"award_id": "grant_award"})
_declare(co.Cohort, "cohort", root="cohort", links={"partner_id": "institution", "unit_id": "org_unit"})
_declare(co.CohortLeader, "cohort_leader", owner="cohort_id", links={"cohort_id": "cohort"})
_declare(co.CohortMember, "cohort_member", owner="cohort_id", links={"cohort_id": "cohort", "stay_id": "stay"},
         unique=(("cohort_id", "stay_id"),))
_declare(ca.Call, "call", root="call")
_declare(ca.ScorePart, "score_part", owner="call_id", links={"call_id": "call"})
_declare(ca.Application, "application", owner="call_id",
         links={"call_id": "call", "person_id": "person", "unit_id": "org_unit", "condition_id": "condition",
                "stay_id": "stay"}, unique=(("call_id", "person_id"),))
_declare(ca.Wish, "wish", owner="application_id",
         links={"application_id": "application", "condition_id": "condition"})
_declare(DocRule, "doc_rule", root="doc_rule")
_declare(BalanceTerms, "balance_terms", owner="partnership_id", links={"partnership_id": "partnership"},
         unique=(("partnership_id",),))
_declare(Factsheet, "factsheet", owner="institution_id", links={"institution_id": "institution"})
_declare(ConditionShare, "condition_share", owner="condition_id",
         links={"condition_id": "condition", "own_unit_id": "org_unit"})
_declare(pr.Project, "project", root="project", links={"lead_id": "institution", "partnership_id": "partnership"})
_declare(pr.ProjectMember, "project_member", owner="project_id",
         links={"project_id": "project", "institution_id": "institution", "unit_id": "org_unit"},
         unique=(("project_id", "institution_id"),))
_declare(pr.WorkPackage, "work_package", owner="project_id",
         links={"project_id": "project", "lead_id": "institution"})
_declare(pr.Task, "task", owner="project_id",
         links={"project_id": "project", "work_package_id": "work_package", "institution_id": "institution"})
_declare(pr.TaskLink, "task_link", owner="task_id", links={"task_id": "task", "before_id": "task"},
         unique=(("task_id", "before_id"),))
_declare(pr.Milestone, "milestone", owner="project_id",
         links={"project_id": "project", "work_package_id": "work_package", "task_id": "task"}, indexes=("due_on",))
_declare(pr.Deliverable, "deliverable", owner="project_id",
         links={"project_id": "project", "work_package_id": "work_package", "task_id": "task",
                "institution_id": "institution"}, indexes=("due_on",))
_declare(pr.Risk, "risk", owner="project_id", links={"project_id": "project"})
_declare(pr.ProjectPerson, "project_person", owner="project_id",
         links={"project_id": "project", "institution_id": "institution"})
_declare(ou.JointOutput, "joint_output", root="output", links={"project_id": "project"})
_declare(ou.OutputMember, "output_member", owner="output_id",
         links={"output_id": "joint_output", "institution_id": "institution"},
         unique=(("output_id", "institution_id"),))
_declare(vi.Visit, "visit", root="visit", links={"project_id": "project"}, indexes=("starts_on",))
_declare(vi.VisitPlace, "visit_place", owner="visit_id",
         links={"visit_id": "visit", "institution_id": "institution"})
_declare(vi.VisitPerson, "visit_person", owner="visit_id",
         links={"visit_id": "visit", "institution_id": "institution"})
_declare(vi.AgendaItem, "agenda_item", owner="visit_id",
         links={"visit_id": "visit", "institution_id": "institution"}, indexes=("day",))
_declare(vi.Appointment, "appointment", root="appointment",
         links={"institution_id": "institution", "project_id": "project"}, indexes=("starts_on", "source_uid"))
_declare(fo.FollowUp, "followup", root="followup",
         links={"institution_id": "institution", "agreement_id": "agreement", "person_id": "person",
                "stay_id": "stay", "cohort_id": "cohort", "call_id": "call", "project_id": "project",
                "visit_id": "visit"}, indexes=("due_on", "source_uid"))
_declare(fo.Snooze, "snooze", root="snooze", unique=(("key",),))
_declare(ag.Document, "document", owner="agreement_id|institution_id|stay_id|person_id|project_id|visit_id",
         links={"institution_id": "institution", "agreement_id": "agreement", "person_id": "person",
                "stay_id": "stay", "project_id": "project", "visit_id": "visit"})
_declare(of.Setting, "setting", root="setting", unique=(("key",),))
_declare(of.SavedView, "saved_view", root="view", indexes=("page",))
_declare(of.ImportProfile, "import_profile", root="profile", unique=(("fingerprint",),))
_declare(of.ImportBatch, "import_batch", root="batch")

# what is in attached files: each content once, by its SHA-256, never changed; beside the journal, which keeps
# the names and digests only
content = sa.Table(
    "content", metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

step = sa.Table(
    "step", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("label_values", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("of_step", sa.Integer),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sqlite_autoincrement=True,
)
sa.Index("ix_step_state", step.c.state, step.c.id)

history = sa.Table(
    "history", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("step_id", sa.Integer, sa.ForeignKey("step.id"), nullable=False),
    sa.Column("entity", sa.Text, nullable=False),
    sa.Column("row_id", sa.Integer, nullable=False),
    sa.Column("root", sa.Text, nullable=False),
    sa.Column("root_id", sa.Integer, nullable=False),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
)
sa.Index("ix_history_step", history.c.step_id)
sa.Index("ix_history_root", history.c.root, history.c.root_id)

agreement_fact = sa.Table(
    "agreement_fact", metadata,
    sa.Column("agreement_id", sa.Integer, primary_key=True),
    sa.Column("partner_id", sa.Integer),
    sa.Column("version_id", sa.Integer),
    sa.Column("ours_on", sa.Text),
    sa.Column("theirs_on", sa.Text),
    sa.Column("starts_on", sa.Text),
    sa.Column("ends_on", sa.Text),
    sa.Column("notice_on", sa.Text),
    sa.Column("termination_on", sa.Text),
    sa.Column("superseded_on", sa.Text),
    sa.Column("renew_months", sa.Integer),
    sa.Column("sort_name", sa.Text, nullable=False),
    sa.Column("shown", sa.Integer, nullable=False),
)
sa.Index("ix_agreement_fact_sort", agreement_fact.c.shown, agreement_fact.c.sort_name)
sa.Index("ix_agreement_fact_partner", agreement_fact.c.partner_id, agreement_fact.c.shown)
sa.Index("ix_agreement_fact_ends", agreement_fact.c.ends_on)

partner_fact = sa.Table(
    "partner_fact", metadata,
    sa.Column("institution_id", sa.Integer, primary_key=True),
    sa.Column("partnership_id", sa.Integer),
    sa.Column("sort_name", sa.Text, nullable=False),
    sa.Column("shown", sa.Integer, nullable=False),
)
sa.Index("ix_partner_fact_sort", partner_fact.c.shown, partner_fact.c.sort_name)

person_fact = sa.Table(
    "person_fact", metadata,
    sa.Column("person_id", sa.Integer, primary_key=True),
    sa.Column("institution_id", sa.Integer),
    sa.Column("sort_name", sa.Text, nullable=False),
    sa.Column("stays", sa.Integer, nullable=False),
    sa.Column("last_stay_id", sa.Integer),
    sa.Column("shown", sa.Integer, nullable=False),
)
sa.Index("ix_person_fact_sort", person_fact.c.shown, person_fact.c.sort_name)

stay_fact = sa.Table(
    "stay_fact", metadata,
    sa.Column("stay_id", sa.Integer, primary_key=True),
    sa.Column("partner_id", sa.Integer),
    sa.Column("partnership_id", sa.Integer),
    sa.Column("country", sa.Text, nullable=False),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("year", sa.Integer),
    sa.Column("phase", sa.Integer, nullable=False),
    sa.Column("counted", sa.Integer, nullable=False),
    sa.Column("planned", sa.Integer, nullable=False),
    sa.Column("starts_on", sa.Text),
    sa.Column("ends_on", sa.Text),
    sa.Column("months", sa.Float, nullable=False),
    sa.Column("terms", sa.Float, nullable=False),
    sa.Column("documents", sa.Integer, nullable=False),
    sa.Column("documents_done", sa.Integer, nullable=False),
    sa.Column("documents_missing", sa.Integer, nullable=False),
    sa.Column("next_due", sa.Text),
    sa.Column("sort_name", sa.Text, nullable=False),
    sa.Column("shown", sa.Integer, nullable=False),
)
sa.Index("ix_stay_fact_sort", stay_fact.c.shown, stay_fact.c.sort_name)
sa.Index("ix_stay_fact_phase", stay_fact.c.shown, stay_fact.c.phase, stay_fact.c.starts_on)
sa.Index("ix_stay_fact_partner", stay_fact.c.partner_id, stay_fact.c.shown, stay_fact.c.sort_name)
sa.Index("ix_stay_fact_sums", stay_fact.c.shown, stay_fact.c.phase, stay_fact.c.direction, stay_fact.c.country)
# the list is read in these orders from an index alone
sa.Index("ix_stay_fact_starts", stay_fact.c.shown, stay_fact.c.starts_on, stay_fact.c.sort_name)
sa.Index("ix_stay_fact_until", stay_fact.c.shown, stay_fact.c.ends_on, stay_fact.c.sort_name)
sa.Index("ix_stay_fact_ends", stay_fact.c.shown, stay_fact.c.ends_on, stay_fact.c.starts_on, stay_fact.c.phase,
         stay_fact.c.direction, stay_fact.c.country)
sa.Index("ix_stay_fact_balance", *(stay_fact.c[name] for name in (
    "partnership_id", "year", "direction", "shown", "counted", "planned", "months", "terms")))

project_fact = sa.Table(
    "project_fact", metadata,
    sa.Column("project_id", sa.Integer, primary_key=True),
    sa.Column("sort_name", sa.Text, nullable=False),
    sa.Column("shown", sa.Integer, nullable=False),
    sa.Column("starts_on", sa.Text),
    sa.Column("ends_on", sa.Text),
    sa.Column("tasks", sa.Integer, nullable=False),
    sa.Column("progress", sa.Integer, nullable=False),
    sa.Column("open_points", sa.Integer, nullable=False),
    sa.Column("next_due", sa.Text),
)
sa.Index("ix_project_fact_sort", project_fact.c.shown, project_fact.c.sort_name)
sa.Index("ix_project_fact_due", project_fact.c.shown, project_fact.c.next_due)

visit_fact = sa.Table(
    "visit_fact", metadata,
    sa.Column("visit_id", sa.Integer, primary_key=True),
    sa.Column("sort_name", sa.Text, nullable=False),
    sa.Column("shown", sa.Integer, nullable=False),
    sa.Column("starts_on", sa.Text),
    sa.Column("ends_on", sa.Text),
    sa.Column("country", sa.Text, nullable=False),
)
sa.Index("ix_visit_fact_sort", visit_fact.c.shown, visit_fact.c.sort_name)
sa.Index("ix_visit_fact_starts", visit_fact.c.shown, visit_fact.c.starts_on)

# where a list shows a record: nowhere (our own, in the trash), in the list, in the archive
HIDDEN, SHOWN, ARCHIVED = range(3)

DERIVED = ("agreement_fact", "partner_fact", "person_fact", "stay_fact", "project_fact", "visit_fact")
