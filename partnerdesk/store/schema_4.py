"""What schema 4 adds: projects and their plans, visits, appointments, outputs, follow-ups, and what was put off."""

STATEMENTS = (
    "CREATE TABLE project_fact (project_id INTEGER NOT NULL, sort_name TEXT NOT NULL, shown INTEGER NOT NULL,"
    " starts_on TEXT, ends_on TEXT, tasks INTEGER NOT NULL, progress INTEGER NOT NULL, open_points INTEGER "
    "NOT NULL, next_due TEXT, PRIMARY KEY (project_id))",
    "CREATE INDEX ix_project_fact_due ON project_fact (shown, next_due)",
    "CREATE INDEX ix_project_fact_sort ON project_fact (shown, sort_name)",
    "CREATE TABLE snooze (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    'NOT NULL, "key" TEXT NOT NULL, until TEXT, reason TEXT NOT NULL, who TEXT NOT NULL, UNIQUE (uid))',
    'CREATE UNIQUE INDEX ux_snooze_key ON snooze ("key")',
    "CREATE TABLE visit_fact (visit_id INTEGER NOT NULL, sort_name TEXT NOT NULL, shown INTEGER NOT NULL, "
    "starts_on TEXT, ends_on TEXT, country TEXT NOT NULL, PRIMARY KEY (visit_id))",
    "CREATE INDEX ix_visit_fact_sort ON visit_fact (shown, sort_name)",
    "CREATE INDEX ix_visit_fact_starts ON visit_fact (shown, starts_on)",
    "CREATE TABLE project (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, acronym TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, programme TEXT NOT NULL, "
    "grant_number TEXT NOT NULL, our_role TEXT NOT NULL, starts_on TEXT, ends_on TEXT, amended_to TEXT, "
    "budget FLOAT, own_budget FLOAT, spent FLOAT, spent_on TEXT, currency TEXT NOT NULL, status TEXT NOT "
    "NULL, responsible TEXT NOT NULL, lead_id INTEGER, partnership_id INTEGER, field TEXT NOT NULL, website "
    "TEXT NOT NULL, summary TEXT NOT NULL, health TEXT NOT NULL, health_reason TEXT NOT NULL, decisions TEXT "
    "NOT NULL, next_review TEXT, baseline_on TEXT, template INTEGER NOT NULL, tags TEXT NOT NULL, remark TEXT"
    " NOT NULL, archived_on TEXT, deleted_at TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(lead_id) REFERENCES "
    "institution (id), FOREIGN KEY(partnership_id) REFERENCES partnership (id))",
    "CREATE INDEX ix_project_lead_id ON project (lead_id)",
    "CREATE INDEX ix_project_partnership_id ON project (partnership_id)",
    "CREATE TABLE appointment (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, starts_on TEXT, begins TEXT NOT NULL, ends_on"
    " TEXT, ends TEXT NOT NULL, zone TEXT NOT NULL, repeats TEXT NOT NULL, place TEXT NOT NULL, url TEXT NOT "
    "NULL, responsible TEXT NOT NULL, institution_id INTEGER, project_id INTEGER, source_uid TEXT NOT NULL, "
    "remark TEXT NOT NULL, deleted_at TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(institution_id) REFERENCES "
    "institution (id), FOREIGN KEY(project_id) REFERENCES project (id))",
    "CREATE INDEX ix_appointment_institution_id ON appointment (institution_id)",
    "CREATE INDEX ix_appointment_project_id ON appointment (project_id)",
    "CREATE INDEX ix_appointment_source_uid ON appointment (source_uid)",
    "CREATE INDEX ix_appointment_starts_on ON appointment (starts_on)",
    "CREATE TABLE joint_output (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, in_year INTEGER, happened_on TEXT, authors "
    "TEXT NOT NULL, doi TEXT NOT NULL, url TEXT NOT NULL, project_id INTEGER, adopted_on TEXT, adopted_at "
    "TEXT NOT NULL, tags TEXT NOT NULL, remark TEXT NOT NULL, archived_on TEXT, deleted_at TEXT NOT NULL, "
    "UNIQUE (uid), FOREIGN KEY(project_id) REFERENCES project (id))",
    "CREATE INDEX ix_joint_output_project_id ON joint_output (project_id)",
    "CREATE TABLE project_member (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, project_id INTEGER NOT NULL, position INTEGER NOT NULL, institution_id INTEGER NOT "
    "NULL, unit_id INTEGER, role TEXT NOT NULL, effort FLOAT, budget FLOAT, contact TEXT NOT NULL, UNIQUE "
    "(uid), FOREIGN KEY(project_id) REFERENCES project (id), FOREIGN KEY(institution_id) REFERENCES "
    "institution (id), FOREIGN KEY(unit_id) REFERENCES org_unit (id))",
    "CREATE INDEX ix_project_member_institution_id ON project_member (institution_id)",
    "CREATE INDEX ix_project_member_project_id ON project_member (project_id)",
    "CREATE INDEX ix_project_member_unit_id ON project_member (unit_id)",
    "CREATE UNIQUE INDEX ux_project_member_project_id_institution_id ON project_member (project_id, "
    "institution_id)",
    "CREATE TABLE project_person (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, project_id INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, "
    "institution_id INTEGER, role TEXT NOT NULL, email TEXT NOT NULL, hours FLOAT, worked FLOAT, valid_from "
    "TEXT, valid_to TEXT, UNIQUE (uid), FOREIGN KEY(project_id) REFERENCES project (id), FOREIGN "
    "KEY(institution_id) REFERENCES institution (id))",
    "CREATE INDEX ix_project_person_institution_id ON project_person (institution_id)",
    "CREATE INDEX ix_project_person_project_id ON project_person (project_id)",
    "CREATE TABLE risk (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER NOT"
    " NULL, project_id INTEGER NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL, likelihood INTEGER "
    "NOT NULL, impact INTEGER NOT NULL, response TEXT NOT NULL, responsible TEXT NOT NULL, state TEXT NOT "
    "NULL, review_on TEXT, UNIQUE (uid), FOREIGN KEY(project_id) REFERENCES project (id))",
    "CREATE INDEX ix_risk_project_id ON risk (project_id)",
    "CREATE TABLE visit (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, direction TEXT NOT NULL, status TEXT NOT NULL, "
    "starts_on TEXT, ends_on TEXT, country TEXT NOT NULL, city TEXT NOT NULL, purpose TEXT NOT NULL, outcomes"
    " TEXT NOT NULL, responsible TEXT NOT NULL, project_id INTEGER, tags TEXT NOT NULL, remark TEXT NOT NULL,"
    " archived_on TEXT, deleted_at TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(project_id) REFERENCES project "
    "(id))",
    "CREATE INDEX ix_visit_project_id ON visit (project_id)",
    "CREATE INDEX ix_visit_starts_on ON visit (starts_on)",
    "CREATE TABLE work_package (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, project_id INTEGER NOT NULL, position INTEGER NOT NULL, number TEXT NOT NULL, title "
    "TEXT NOT NULL, lead_id INTEGER, responsible TEXT NOT NULL, starts_on TEXT, ends_on TEXT, base_from TEXT,"
    " base_to TEXT, objectives TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(project_id) REFERENCES project (id), "
    "FOREIGN KEY(lead_id) REFERENCES institution (id))",
    "CREATE INDEX ix_work_package_lead_id ON work_package (lead_id)",
    "CREATE INDEX ix_work_package_project_id ON work_package (project_id)",
    "CREATE TABLE agenda_item (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, visit_id INTEGER NOT NULL, position INTEGER NOT NULL, day TEXT, begins TEXT NOT NULL, "
    "ends TEXT NOT NULL, zone TEXT NOT NULL, title TEXT NOT NULL, institution_id INTEGER, place TEXT NOT "
    "NULL, note TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(visit_id) REFERENCES visit (id), FOREIGN "
    "KEY(institution_id) REFERENCES institution (id))",
    "CREATE INDEX ix_agenda_item_day ON agenda_item (day)",
    "CREATE INDEX ix_agenda_item_institution_id ON agenda_item (institution_id)",
    "CREATE INDEX ix_agenda_item_visit_id ON agenda_item (visit_id)",
    "CREATE TABLE output_member (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, output_id INTEGER NOT NULL, institution_id INTEGER NOT NULL, UNIQUE (uid), FOREIGN "
    "KEY(output_id) REFERENCES joint_output (id), FOREIGN KEY(institution_id) REFERENCES institution (id))",
    "CREATE INDEX ix_output_member_institution_id ON output_member (institution_id)",
    "CREATE INDEX ix_output_member_output_id ON output_member (output_id)",
    "CREATE UNIQUE INDEX ux_output_member_output_id_institution_id ON output_member (output_id, "
    "institution_id)",
    "CREATE TABLE task (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER NOT"
    " NULL, project_id INTEGER NOT NULL, work_package_id INTEGER, position INTEGER NOT NULL, title TEXT NOT "
    "NULL, starts_on TEXT, ends_on TEXT, progress INTEGER NOT NULL, responsible TEXT NOT NULL, institution_id"
    " INTEGER, base_from TEXT, base_to TEXT, remark TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(project_id) "
    "REFERENCES project (id), FOREIGN KEY(work_package_id) REFERENCES work_package (id), FOREIGN "
    "KEY(institution_id) REFERENCES institution (id))",
    "CREATE INDEX ix_task_institution_id ON task (institution_id)",
    "CREATE INDEX ix_task_project_id ON task (project_id)",
    "CREATE INDEX ix_task_work_package_id ON task (work_package_id)",
    "CREATE TABLE visit_person (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, visit_id INTEGER NOT NULL, position INTEGER NOT NULL, side TEXT NOT NULL, name TEXT "
    "NOT NULL, function TEXT NOT NULL, institution_id INTEGER, email TEXT NOT NULL, phone TEXT NOT NULL, "
    "UNIQUE (uid), FOREIGN KEY(visit_id) REFERENCES visit (id), FOREIGN KEY(institution_id) REFERENCES "
    "institution (id))",
    "CREATE INDEX ix_visit_person_institution_id ON visit_person (institution_id)",
    "CREATE INDEX ix_visit_person_visit_id ON visit_person (visit_id)",
    "CREATE TABLE visit_place (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, visit_id INTEGER NOT NULL, position INTEGER NOT NULL, institution_id INTEGER NOT NULL,"
    " day TEXT, aim TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(visit_id) REFERENCES visit (id), FOREIGN "
    "KEY(institution_id) REFERENCES institution (id))",
    "CREATE INDEX ix_visit_place_institution_id ON visit_place (institution_id)",
    "CREATE INDEX ix_visit_place_visit_id ON visit_place (visit_id)",
    "CREATE TABLE deliverable (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, project_id INTEGER NOT NULL, work_package_id INTEGER, task_id INTEGER, position "
    "INTEGER NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, dissemination TEXT NOT "
    "NULL, due_on TEXT, submitted_on TEXT, base_due TEXT, edition TEXT NOT NULL, institution_id INTEGER, "
    "responsible TEXT NOT NULL, remark TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(project_id) REFERENCES "
    "project (id), FOREIGN KEY(work_package_id) REFERENCES work_package (id), FOREIGN KEY(task_id) REFERENCES"
    " task (id), FOREIGN KEY(institution_id) REFERENCES institution (id))",
    "CREATE INDEX ix_deliverable_due_on ON deliverable (due_on)",
    "CREATE INDEX ix_deliverable_institution_id ON deliverable (institution_id)",
    "CREATE INDEX ix_deliverable_project_id ON deliverable (project_id)",
    "CREATE INDEX ix_deliverable_task_id ON deliverable (task_id)",
    "CREATE INDEX ix_deliverable_work_package_id ON deliverable (work_package_id)",
    "CREATE TABLE milestone (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, project_id INTEGER NOT NULL, work_package_id INTEGER, task_id INTEGER, position "
    "INTEGER NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, due_on TEXT, met_on TEXT, base_due TEXT, "
    "verification TEXT NOT NULL, responsible TEXT NOT NULL, remark TEXT NOT NULL, UNIQUE (uid), FOREIGN "
    "KEY(project_id) REFERENCES project (id), FOREIGN KEY(work_package_id) REFERENCES work_package (id), "
    "FOREIGN KEY(task_id) REFERENCES task (id))",
    "CREATE INDEX ix_milestone_due_on ON milestone (due_on)",
    "CREATE INDEX ix_milestone_project_id ON milestone (project_id)",
    "CREATE INDEX ix_milestone_task_id ON milestone (task_id)",
    "CREATE INDEX ix_milestone_work_package_id ON milestone (work_package_id)",
    "CREATE TABLE task_link (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, task_id INTEGER NOT NULL, before_id INTEGER NOT NULL, kind TEXT NOT NULL, lag INTEGER "
    "NOT NULL, UNIQUE (uid), FOREIGN KEY(task_id) REFERENCES task (id), FOREIGN KEY(before_id) REFERENCES "
    "task (id))",
    "CREATE INDEX ix_task_link_before_id ON task_link (before_id)",
    "CREATE INDEX ix_task_link_task_id ON task_link (task_id)",
    "CREATE UNIQUE INDEX ux_task_link_task_id_before_id ON task_link (task_id, before_id)",
    "CREATE TABLE followup (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER"
    " NOT NULL, title TEXT NOT NULL, responsible TEXT NOT NULL, due_on TEXT, done_on TEXT, snoozed_until "
    "TEXT, snooze_reason TEXT NOT NULL, institution_id INTEGER, agreement_id INTEGER, person_id INTEGER, "
    "stay_id INTEGER, cohort_id INTEGER, call_id INTEGER, project_id INTEGER, visit_id INTEGER, source_uid "
    "TEXT NOT NULL, remark TEXT NOT NULL, deleted_at TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(institution_id)"
    " REFERENCES institution (id), FOREIGN KEY(agreement_id) REFERENCES agreement (id), FOREIGN "
    "KEY(person_id) REFERENCES person (id), FOREIGN KEY(stay_id) REFERENCES stay (id), FOREIGN KEY(cohort_id)"
    " REFERENCES cohort (id), FOREIGN KEY(call_id) REFERENCES call (id), FOREIGN KEY(project_id) REFERENCES "
    "project (id), FOREIGN KEY(visit_id) REFERENCES visit (id))",
    "CREATE INDEX ix_followup_agreement_id ON followup (agreement_id)",
    "CREATE INDEX ix_followup_call_id ON followup (call_id)",
    "CREATE INDEX ix_followup_cohort_id ON followup (cohort_id)",
    "CREATE INDEX ix_followup_due_on ON followup (due_on)",
    "CREATE INDEX ix_followup_institution_id ON followup (institution_id)",
    "CREATE INDEX ix_followup_person_id ON followup (person_id)",
    "CREATE INDEX ix_followup_project_id ON followup (project_id)",
    "CREATE INDEX ix_followup_source_uid ON followup (source_uid)",
    "CREATE INDEX ix_followup_stay_id ON followup (stay_id)",
    "CREATE INDEX ix_followup_visit_id ON followup (visit_id)",
)

DOCUMENT = (
    "CREATE TABLE document_new (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, institution_id INTEGER, agreement_id INTEGER, person_id INTEGER, stay_id INTEGER, "
    "project_id INTEGER, visit_id INTEGER, stage TEXT NOT NULL, mandatory INTEGER NOT NULL, kind TEXT NOT "
    "NULL, title TEXT NOT NULL, state TEXT NOT NULL, due_on TEXT, received_on TEXT, link TEXT NOT NULL, note "
    "TEXT NOT NULL, file_name TEXT NOT NULL, file_size INTEGER NOT NULL, sha256 TEXT NOT NULL, UNIQUE (uid), "
    "FOREIGN KEY(institution_id) REFERENCES institution (id), FOREIGN KEY(agreement_id) REFERENCES agreement "
    "(id), FOREIGN KEY(person_id) REFERENCES person (id), FOREIGN KEY(stay_id) REFERENCES stay (id), FOREIGN "
    "KEY(project_id) REFERENCES project (id), FOREIGN KEY(visit_id) REFERENCES visit (id))"
)
