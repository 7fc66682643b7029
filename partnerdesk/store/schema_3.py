"""What schema 3 adds: people and their stays, cohorts, calls, learning agreements, grades, grants and balance."""

STATEMENTS = (
    "CREATE TABLE call (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER NOT "
    "NULL, title TEXT NOT NULL, programme TEXT NOT NULL, activity TEXT NOT NULL, year INTEGER, term TEXT NOT "
    "NULL, opens_on TEXT, closes_on TEXT, answer_by TEXT, remark TEXT NOT NULL, archived_on TEXT, deleted_at TEXT"
    " NOT NULL, UNIQUE (uid))",
    "CREATE TABLE doc_rule (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER NOT"
    " NULL, position INTEGER NOT NULL, programme TEXT NOT NULL, activity TEXT NOT NULL, direction TEXT NOT NULL, "
    "person_kind TEXT NOT NULL, stage TEXT NOT NULL, kind TEXT NOT NULL, mandatory INTEGER NOT NULL, anchor TEXT "
    "NOT NULL, due_days INTEGER NOT NULL, only_if TEXT NOT NULL, active INTEGER NOT NULL, UNIQUE (uid))",
    "CREATE TABLE grant_table (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, name TEXT NOT NULL, programme TEXT NOT NULL, call_year INTEGER, currency TEXT NOT NULL, valid_from"
    " TEXT, valid_to TEXT, first_payment_percent INTEGER NOT NULL, source TEXT NOT NULL, remark TEXT NOT NULL, "
    "archived_on TEXT, UNIQUE (uid))",
    "CREATE TABLE person (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER NOT "
    "NULL, kind TEXT NOT NULL, title TEXT NOT NULL, given_names TEXT NOT NULL, family_name TEXT NOT NULL, "
    "name_original TEXT NOT NULL, birth_date TEXT, gender TEXT NOT NULL, citizenships TEXT NOT NULL, email TEXT "
    "NOT NULL, phone TEXT NOT NULL, esi TEXT NOT NULL, local_id TEXT NOT NULL, orcid TEXT NOT NULL, function TEXT"
    " NOT NULL, needs_support INTEGER NOT NULL, consents TEXT NOT NULL, tags TEXT NOT NULL, remark TEXT NOT NULL,"
    " retention_due TEXT, anonymised_on TEXT, archived_on TEXT, deleted_at TEXT NOT NULL, UNIQUE (uid))",
    "CREATE INDEX ix_person_esi ON person (esi)",
    "CREATE INDEX ix_person_local_id ON person (local_id)",
    "CREATE TABLE person_fact (person_id INTEGER NOT NULL, institution_id INTEGER, sort_name TEXT NOT NULL, stays"
    " INTEGER NOT NULL, last_stay_id INTEGER, shown INTEGER NOT NULL, PRIMARY KEY (person_id))",
    "CREATE INDEX ix_person_fact_sort ON person_fact (shown, sort_name)",
    "CREATE TABLE stay_fact (stay_id INTEGER NOT NULL, partner_id INTEGER, partnership_id INTEGER, country TEXT "
    "NOT NULL, direction TEXT NOT NULL, year INTEGER, phase INTEGER NOT NULL, counted INTEGER NOT NULL, planned "
    "INTEGER NOT NULL, starts_on TEXT, ends_on TEXT, months FLOAT NOT NULL, terms FLOAT NOT NULL, documents "
    "INTEGER NOT NULL, documents_done INTEGER NOT NULL, documents_missing INTEGER NOT NULL, next_due TEXT, "
    "sort_name TEXT NOT NULL, shown INTEGER NOT NULL, PRIMARY KEY (stay_id))",
    "CREATE INDEX ix_stay_fact_balance ON stay_fact (partnership_id, year, direction, shown, counted, planned, "
    "months, terms)",
    "CREATE INDEX ix_stay_fact_ends ON stay_fact (shown, ends_on, starts_on, phase, direction, country)",
    "CREATE INDEX ix_stay_fact_partner ON stay_fact (partner_id, shown, sort_name)",
    "CREATE INDEX ix_stay_fact_phase ON stay_fact (shown, phase, starts_on)",
    "CREATE INDEX ix_stay_fact_sort ON stay_fact (shown, sort_name)",
    "CREATE INDEX ix_stay_fact_sums ON stay_fact (shown, phase, direction, country)",
    "CREATE INDEX ix_stay_fact_starts ON stay_fact (shown, starts_on, sort_name)",
    "CREATE INDEX ix_stay_fact_until ON stay_fact (shown, ends_on, sort_name)",
    "CREATE TABLE factsheet (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, institution_id INTEGER NOT NULL, year INTEGER, nominate_first TEXT, nominate_second TEXT, "
    "apply_first TEXT, apply_second TEXT, first_from TEXT, first_to TEXT, second_from TEXT, second_to TEXT, "
    "decision_weeks INTEGER, transcript_weeks INTEGER, languages TEXT NOT NULL, requirements TEXT NOT NULL, "
    "housing TEXT NOT NULL, visa TEXT NOT NULL, insurance TEXT NOT NULL, checked_on TEXT, UNIQUE (uid), FOREIGN "
    "KEY(institution_id) REFERENCES institution (id))",
    "CREATE INDEX ix_factsheet_institution_id ON factsheet (institution_id)",
    "CREATE TABLE grade_table (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, institution_id INTEGER NOT NULL, name TEXT NOT NULL, field TEXT NOT NULL, level TEXT NOT NULL, "
    "first_year INTEGER, last_year INTEGER, source TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(institution_id) "
    "REFERENCES institution (id))",
    "CREATE INDEX ix_grade_table_institution_id ON grade_table (institution_id)",
    "CREATE TABLE grant_rate (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, table_id INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, region TEXT NOT NULL, "
    '"key" TEXT NOT NULL, low INTEGER, high INTEGER, amount FLOAT, green FLOAT, UNIQUE (uid), FOREIGN '
    "KEY(table_id) REFERENCES grant_table (id))",
    "CREATE INDEX ix_grant_rate_table_id ON grant_rate (table_id)",
    "CREATE TABLE person_contact (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, person_id INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, relation TEXT NOT "
    "NULL, phone TEXT NOT NULL, email TEXT NOT NULL, language TEXT NOT NULL, consent_on TEXT, UNIQUE (uid), "
    "FOREIGN KEY(person_id) REFERENCES person (id))",
    "CREATE INDEX ix_person_contact_person_id ON person_contact (person_id)",
    "CREATE TABLE person_language (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, person_id INTEGER NOT NULL, language TEXT NOT NULL, skill TEXT NOT NULL, level TEXT NOT "
    "NULL, certificate TEXT NOT NULL, day TEXT, UNIQUE (uid), FOREIGN KEY(person_id) REFERENCES person (id))",
    "CREATE INDEX ix_person_language_person_id ON person_language (person_id)",
    "CREATE TABLE score_part (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, call_id INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, weight FLOAT NOT NULL, "
    "best FLOAT NOT NULL, UNIQUE (uid), FOREIGN KEY(call_id) REFERENCES call (id))",
    "CREATE INDEX ix_score_part_call_id ON score_part (call_id)",
    "CREATE TABLE cohort (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER NOT "
    "NULL, title TEXT NOT NULL, kind TEXT NOT NULL, direction TEXT NOT NULL, programme TEXT NOT NULL, activity "
    "TEXT NOT NULL, year INTEGER, term TEXT NOT NULL, partner_id INTEGER, unit_id INTEGER, capacity INTEGER, "
    "starts_on TEXT, ends_on TEXT, remark TEXT NOT NULL, archived_on TEXT, deleted_at TEXT NOT NULL, UNIQUE "
    "(uid), FOREIGN KEY(partner_id) REFERENCES institution (id), FOREIGN KEY(unit_id) REFERENCES org_unit (id))",
    "CREATE INDEX ix_cohort_partner_id ON cohort (partner_id)",
    "CREATE INDEX ix_cohort_unit_id ON cohort (unit_id)",
    "CREATE TABLE enrolment (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, person_id INTEGER NOT NULL, institution_id INTEGER, unit_id INTEGER, programme_title TEXT NOT "
    "NULL, field TEXT NOT NULL, level TEXT NOT NULL, year_of_study INTEGER, valid_from TEXT, valid_to TEXT, "
    "UNIQUE (uid), FOREIGN KEY(person_id) REFERENCES person (id), FOREIGN KEY(institution_id) REFERENCES "
    "institution (id), FOREIGN KEY(unit_id) REFERENCES org_unit (id))",
    "CREATE INDEX ix_enrolment_institution_id ON enrolment (institution_id)",
    "CREATE INDEX ix_enrolment_person_id ON enrolment (person_id)",
    "CREATE INDEX ix_enrolment_unit_id ON enrolment (unit_id)",
    "CREATE TABLE grade_row (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, table_id INTEGER NOT NULL, position INTEGER NOT NULL, label TEXT NOT NULL, percent FLOAT NOT NULL,"
    " passing INTEGER NOT NULL, UNIQUE (uid), FOREIGN KEY(table_id) REFERENCES grade_table (id))",
    "CREATE INDEX ix_grade_row_table_id ON grade_row (table_id)",
    "CREATE TABLE balance_terms (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, partnership_id INTEGER NOT NULL, unit TEXT NOT NULL, opening FLOAT NOT NULL, since "
    "INTEGER, bound FLOAT, note TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(partnership_id) REFERENCES partnership "
    "(id))",
    "CREATE INDEX ix_balance_terms_partnership_id ON balance_terms (partnership_id)",
    "CREATE UNIQUE INDEX ux_balance_terms_partnership_id ON balance_terms (partnership_id)",
    "CREATE TABLE cohort_leader (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, cohort_id INTEGER NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, phone TEXT NOT NULL, "
    "email TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(cohort_id) REFERENCES cohort (id))",
    "CREATE INDEX ix_cohort_leader_cohort_id ON cohort_leader (cohort_id)",
    "CREATE TABLE condition_share (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, condition_id INTEGER NOT NULL, own_unit_id INTEGER, year INTEGER, heads INTEGER, UNIQUE "
    "(uid), FOREIGN KEY(condition_id) REFERENCES condition (id), FOREIGN KEY(own_unit_id) REFERENCES org_unit "
    "(id))",
    "CREATE INDEX ix_condition_share_condition_id ON condition_share (condition_id)",
    "CREATE INDEX ix_condition_share_own_unit_id ON condition_share (own_unit_id)",
    "CREATE TABLE stay (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER NOT "
    "NULL, person_id INTEGER NOT NULL, direction TEXT NOT NULL, sending_id INTEGER, sending_unit_id INTEGER, "
    "receiving_id INTEGER, receiving_unit_id INTEGER, agreement_id INTEGER, condition_id INTEGER, programme TEXT "
    "NOT NULL, grant_number TEXT NOT NULL, activity TEXT NOT NULL, attribute TEXT NOT NULL, year INTEGER, term "
    "TEXT NOT NULL, non_standard INTEGER NOT NULL, level_nominated TEXT NOT NULL, level_departed TEXT NOT NULL, "
    "field TEXT NOT NULL, language TEXT NOT NULL, sending_status TEXT NOT NULL, receiving_status TEXT NOT NULL, "
    "phase TEXT NOT NULL, status_comment TEXT NOT NULL, selected_on TEXT, nominated_on TEXT, answered_on TEXT, "
    "planned_from TEXT, planned_to TEXT, actual_from TEXT, actual_to TEXT, virtual_from TEXT, virtual_to TEXT, "
    "interruption_days INTEGER NOT NULL, home_contact_id INTEGER, host_contact_id INTEGER, teaching_hours FLOAT, "
    "with_training INTEGER NOT NULL, work_programme TEXT NOT NULL, practice TEXT NOT NULL, practice_adopted "
    "INTEGER NOT NULL, fee_waived INTEGER NOT NULL, counts_in_balance INTEGER NOT NULL, fewer_opportunities "
    "INTEGER NOT NULL, green_travel INTEGER NOT NULL, distance_km INTEGER, closed_on TEXT, exit TEXT NOT NULL, "
    "cancel_reason TEXT NOT NULL, tags TEXT NOT NULL, remark TEXT NOT NULL, archived_on TEXT, deleted_at TEXT NOT"
    " NULL, UNIQUE (uid), FOREIGN KEY(person_id) REFERENCES person (id), FOREIGN KEY(sending_id) REFERENCES "
    "institution (id), FOREIGN KEY(sending_unit_id) REFERENCES org_unit (id), FOREIGN KEY(receiving_id) "
    "REFERENCES institution (id), FOREIGN KEY(receiving_unit_id) REFERENCES org_unit (id), FOREIGN "
    "KEY(agreement_id) REFERENCES agreement (id), FOREIGN KEY(condition_id) REFERENCES condition (id), FOREIGN "
    "KEY(home_contact_id) REFERENCES contact (id), FOREIGN KEY(host_contact_id) REFERENCES contact (id))",
    "CREATE INDEX ix_stay_agreement_id ON stay (agreement_id)",
    "CREATE INDEX ix_stay_condition_id ON stay (condition_id)",
    "CREATE INDEX ix_stay_condition_id_year_sending_status_receiving_status_deleted_at ON stay (condition_id, year, "
    "sending_status, receiving_status, deleted_at)",
    "CREATE INDEX ix_stay_home_contact_id ON stay (home_contact_id)",
    "CREATE INDEX ix_stay_host_contact_id ON stay (host_contact_id)",
    "CREATE INDEX ix_stay_person_id ON stay (person_id)",
    "CREATE INDEX ix_stay_receiving_id ON stay (receiving_id)",
    "CREATE INDEX ix_stay_receiving_unit_id ON stay (receiving_unit_id)",
    "CREATE INDEX ix_stay_sending_id ON stay (sending_id)",
    "CREATE INDEX ix_stay_sending_unit_id ON stay (sending_unit_id)",
    "CREATE TABLE application (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, call_id INTEGER NOT NULL, person_id INTEGER NOT NULL, unit_id INTEGER, field TEXT NOT NULL, level "
    "TEXT NOT NULL, languages TEXT NOT NULL, scores TEXT NOT NULL, offer TEXT NOT NULL, condition_id INTEGER, "
    "wish INTEGER, by_hand INTEGER NOT NULL, stay_id INTEGER, decided_on TEXT, decided_by TEXT NOT NULL, "
    "explanation TEXT NOT NULL, remark TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(call_id) REFERENCES call (id), "
    "FOREIGN KEY(person_id) REFERENCES person (id), FOREIGN KEY(unit_id) REFERENCES org_unit (id), FOREIGN "
    "KEY(condition_id) REFERENCES condition (id), FOREIGN KEY(stay_id) REFERENCES stay (id))",
    "CREATE INDEX ix_application_call_id ON application (call_id)",
    "CREATE INDEX ix_application_condition_id ON application (condition_id)",
    "CREATE INDEX ix_application_person_id ON application (person_id)",
    "CREATE INDEX ix_application_stay_id ON application (stay_id)",
    "CREATE INDEX ix_application_unit_id ON application (unit_id)",
    "CREATE UNIQUE INDEX ux_application_call_id_person_id ON application (call_id, person_id)",
    "CREATE TABLE cohort_member (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, cohort_id INTEGER NOT NULL, stay_id INTEGER NOT NULL, UNIQUE (uid), FOREIGN KEY(cohort_id)"
    " REFERENCES cohort (id), FOREIGN KEY(stay_id) REFERENCES stay (id))",
    "CREATE INDEX ix_cohort_member_cohort_id ON cohort_member (cohort_id)",
    "CREATE INDEX ix_cohort_member_stay_id ON cohort_member (stay_id)",
    "CREATE UNIQUE INDEX ux_cohort_member_cohort_id_stay_id ON cohort_member (cohort_id, stay_id)",
    "CREATE TABLE grant_award (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, stay_id INTEGER NOT NULL, n INTEGER NOT NULL, table_id INTEGER, table_name TEXT NOT NULL, currency"
    " TEXT NOT NULL, status TEXT NOT NULL, starts_on TEXT, ends_on TEXT, days INTEGER NOT NULL, amount FLOAT NOT "
    "NULL, lines TEXT NOT NULL, calculated_on TEXT, signed_on TEXT, reason TEXT NOT NULL, UNIQUE (uid), FOREIGN "
    "KEY(stay_id) REFERENCES stay (id), FOREIGN KEY(table_id) REFERENCES grant_table (id))",
    "CREATE INDEX ix_grant_award_stay_id ON grant_award (stay_id)",
    "CREATE INDEX ix_grant_award_table_id ON grant_award (table_id)",
    "CREATE TABLE learning_version (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, stay_id INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, made_on TEXT, "
    "student_signed_on TEXT, sending_signed_on TEXT, sending_signed_by TEXT NOT NULL, sending_position TEXT NOT "
    "NULL, receiving_signed_on TEXT, receiving_signed_by TEXT NOT NULL, receiving_position TEXT NOT NULL, reason "
    "TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(stay_id) REFERENCES stay (id))",
    "CREATE INDEX ix_learning_version_stay_id ON learning_version (stay_id)",
    "CREATE UNIQUE INDEX ux_learning_version_stay_id_n ON learning_version (stay_id, n)",
    "CREATE TABLE rule_override (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, stay_id INTEGER NOT NULL, rule TEXT NOT NULL, reason TEXT NOT NULL, day TEXT, who TEXT NOT"
    " NULL, UNIQUE (uid), FOREIGN KEY(stay_id) REFERENCES stay (id))",
    "CREATE INDEX ix_rule_override_stay_id ON rule_override (stay_id)",
    "CREATE TABLE stay_event (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, stay_id INTEGER NOT NULL, kind TEXT NOT NULL, day TEXT, note TEXT NOT NULL, UNIQUE (uid), FOREIGN "
    "KEY(stay_id) REFERENCES stay (id))",
    "CREATE INDEX ix_stay_event_stay_id ON stay_event (stay_id)",
    "CREATE TABLE transcript (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, stay_id INTEGER NOT NULL, issued_on TEXT, received_on TEXT, grade_table_id INTEGER, remark TEXT "
    "NOT NULL, UNIQUE (uid), FOREIGN KEY(stay_id) REFERENCES stay (id), FOREIGN KEY(grade_table_id) REFERENCES "
    "grade_table (id))",
    "CREATE INDEX ix_transcript_grade_table_id ON transcript (grade_table_id)",
    "CREATE INDEX ix_transcript_stay_id ON transcript (stay_id)",
    "CREATE TABLE grant_payment (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, award_id INTEGER NOT NULL, n INTEGER NOT NULL, percent FLOAT, amount FLOAT NOT NULL, "
    "due_on TEXT, paid_on TEXT, final INTEGER NOT NULL, note TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(award_id) "
    "REFERENCES grant_award (id))",
    "CREATE INDEX ix_grant_payment_award_id ON grant_payment (award_id)",
    "CREATE TABLE learning_component (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, version_id INTEGER NOT NULL, position INTEGER NOT NULL, part TEXT NOT NULL, code TEXT NOT "
    "NULL, title TEXT NOT NULL, term TEXT NOT NULL, credits FLOAT, scheme TEXT NOT NULL, pair INTEGER, "
    "auto_recognised INTEGER NOT NULL, conditions TEXT NOT NULL, description TEXT NOT NULL, change TEXT NOT NULL,"
    " reason_code TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(version_id) REFERENCES "
    "learning_version (id))",
    "CREATE INDEX ix_learning_component_version_id ON learning_component (version_id)",
    "CREATE TABLE transcript_line (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version "
    "INTEGER NOT NULL, transcript_id INTEGER NOT NULL, position INTEGER NOT NULL, code TEXT NOT NULL, title TEXT "
    "NOT NULL, credits FLOAT, grade TEXT NOT NULL, passed INTEGER NOT NULL, result_on TEXT, UNIQUE (uid), FOREIGN"
    " KEY(transcript_id) REFERENCES transcript (id))",
    "CREATE INDEX ix_transcript_line_transcript_id ON transcript_line (transcript_id)",
    "CREATE TABLE wish (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER NOT "
    "NULL, application_id INTEGER NOT NULL, position INTEGER NOT NULL, condition_id INTEGER NOT NULL, term TEXT "
    "NOT NULL, UNIQUE (uid), FOREIGN KEY(application_id) REFERENCES application (id), FOREIGN KEY(condition_id) "
    "REFERENCES condition (id))",
    "CREATE INDEX ix_wish_application_id ON wish (application_id)",
    "CREATE INDEX ix_wish_condition_id ON wish (condition_id)",
    "CREATE TABLE recognition (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER "
    "NOT NULL, line_id INTEGER NOT NULL, component_id INTEGER, home_code TEXT NOT NULL, home_title TEXT NOT NULL,"
    " credits FLOAT, grade TEXT NOT NULL, method TEXT NOT NULL, decision TEXT NOT NULL, decided_on TEXT, "
    "decided_by TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(line_id) REFERENCES "
    "transcript_line (id), FOREIGN KEY(component_id) REFERENCES learning_component (id))",
    "CREATE INDEX ix_recognition_component_id ON recognition (component_id)",
    "CREATE INDEX ix_recognition_line_id ON recognition (line_id)",
)

DOCUMENT = (
    "CREATE TABLE document_new (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, version INTEGER"
    " NOT NULL, institution_id INTEGER, agreement_id INTEGER, person_id INTEGER, stay_id INTEGER, stage TEXT NOT "
    "NULL, mandatory INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL, due_on TEXT,"
    " received_on TEXT, link TEXT NOT NULL, note TEXT NOT NULL, file_name TEXT NOT NULL, file_size INTEGER NOT "
    "NULL, sha256 TEXT NOT NULL, UNIQUE (uid), FOREIGN KEY(institution_id) REFERENCES institution (id), FOREIGN "
    "KEY(agreement_id) REFERENCES agreement (id), FOREIGN KEY(person_id) REFERENCES person (id), FOREIGN "
    "KEY(stay_id) REFERENCES stay (id))"
)
