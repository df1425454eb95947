CREATE TABLE people (
  id text PRIMARY KEY,
  name text NOT NULL,
  emails jsonb NOT NULL,
  title text,
  manager_id text,
  active boolean NOT NULL,
  since date,
  slack_user_id text
);
--> statement-breakpoint
CREATE TABLE person_corrections (
  person_id text PRIMARY KEY,
  slack_user_id text,
  manager_id text
);
--> statement-breakpoint
CREATE TABLE forgotten_people (hash text PRIMARY KEY);
--> statement-breakpoint
CREATE TABLE versions (
  name text PRIMARY KEY,
  value integer NOT NULL,
  read_at timestamptz(3)
);
--> statement-breakpoint
INSERT INTO versions (name, value) VALUES ('people', 0), ('directory', 0);
--> statement-breakpoint
CREATE TABLE slack_members (
  slack_user_id text PRIMARY KEY,
  name text NOT NULL,
  email text,
  zone text,
  locale text,
  is_bot boolean NOT NULL,
  is_guest boolean NOT NULL,
  is_outside boolean NOT NULL,
  is_slack_admin boolean NOT NULL,
  deleted boolean NOT NULL,
  status_emoji text,
  status_text text
);
--> statement-breakpoint
CREATE INDEX slack_members_email ON slack_members (email);
--> statement-breakpoint
CREATE TABLE windows (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  period_from date NOT NULL,
  period_to date NOT NULL,
  scope text NOT NULL,
  read_at timestamptz(3) NOT NULL,
  final boolean NOT NULL,
  rows integer NOT NULL,
  quarantined integer NOT NULL,
  quarantined_ids jsonb NOT NULL,
  CONSTRAINT windows_kind_period_scope UNIQUE (kind, period_from, period_to, scope)
);
--> statement-breakpoint
CREATE TABLE interaction_rows (
  window_id bigint NOT NULL,
  person_id text NOT NULL,
  calls_count double precision,
  talk_share double precision,
  longest_monologue_seconds double precision,
  longest_customer_story_seconds double precision,
  interactivity double precision,
  patience double precision,
  question_rate double precision,
  PRIMARY KEY (window_id, person_id)
);
--> statement-breakpoint
CREATE TABLE activity_rows (
  window_id bigint NOT NULL,
  person_id text NOT NULL,
  calls_as_host double precision,
  calls_attended double precision,
  calls_gave_comments double precision,
  calls_received_comments double precision,
  calls_accessed_recording double precision,
  calls_scored double precision,
  own_calls_listened_to double precision,
  others_calls_listened_to double precision,
  PRIMARY KEY (window_id, person_id)
);
--> statement-breakpoint
CREATE TABLE coaching_rows (
  window_id bigint NOT NULL,
  manager_id text NOT NULL,
  report_id text,
  calls_listened_to double precision,
  comments_given double precision,
  scorecards_filled double precision,
  calls_attended double precision,
  calls_with_feedback double precision
);
--> statement-breakpoint
CREATE INDEX coaching_rows_window_manager ON coaching_rows (window_id, manager_id);
--> statement-breakpoint
CREATE TABLE record_ranges (
  kind text NOT NULL,
  period_from date NOT NULL,
  period_to date NOT NULL,
  scope text NOT NULL,
  read_at timestamptz(3) NOT NULL,
  final boolean NOT NULL,
  quarantined integer NOT NULL,
  quarantined_ids jsonb NOT NULL,
  PRIMARY KEY (kind, scope, period_from, period_to)
);
--> statement-breakpoint
CREATE TABLE scorecards (
  id text PRIMARY KEY,
  reviewed_id text NOT NULL,
  reviewer_id text,
  answered_at timestamptz(3) NOT NULL,
  card jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX scorecards_reviewed ON scorecards (reviewed_id, answered_at);
--> statement-breakpoint
CREATE INDEX scorecards_reviewer ON scorecards (reviewer_id, answered_at);
--> statement-breakpoint
CREATE INDEX scorecards_answered ON scorecards (answered_at);
--> statement-breakpoint
CREATE TABLE daily_activity (
  person_id text NOT NULL,
  date date NOT NULL,
  calls_as_host double precision,
  calls_attended double precision,
  calls_gave_comments double precision,
  calls_accessed_recording double precision,
  PRIMARY KEY (person_id, date)
);
--> statement-breakpoint
CREATE INDEX daily_activity_date ON daily_activity (date);
--> statement-breakpoint
CREATE TABLE subscriptions (
  id text PRIMARY KEY,
  kind text NOT NULL,
  subject_id text,
  target_type text NOT NULL,
  target_id text NOT NULL,
  recurrence jsonb NOT NULL,
  when_empty text NOT NULL,
  skip_dates jsonb NOT NULL,
  show_names boolean NOT NULL,
  owner_slack_id text NOT NULL,
  programme_id text,
  status text NOT NULL,
  paused_until date,
  paused_why text,
  next_at timestamptz(3),
  created_at timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE INDEX subscriptions_next ON subscriptions (status, next_at);
--> statement-breakpoint
CREATE INDEX subscriptions_target ON subscriptions (target_id);
--> statement-breakpoint
CREATE INDEX subscriptions_owner ON subscriptions (owner_slack_id);
--> statement-breakpoint
CREATE INDEX subscriptions_programme ON subscriptions (programme_id);
--> statement-breakpoint
CREATE TABLE programmes (
  id text PRIMARY KEY,
  kind text NOT NULL,
  org_of text,
  recurrence jsonb NOT NULL,
  stage text NOT NULL,
  pilot_teams jsonb NOT NULL,
  when_empty text NOT NULL,
  owner_slack_id text NOT NULL,
  status text NOT NULL,
  created_at timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE opt_outs (
  slack_user_id text NOT NULL,
  kind text NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (kind, slack_user_id)
);
--> statement-breakpoint
CREATE TABLE deliveries (
  id text PRIMARY KEY,
  subscription_id text NOT NULL,
  occurrence text NOT NULL,
  due_at timestamptz(3) NOT NULL,
  status text NOT NULL,
  attempts integer NOT NULL,
  lease_until timestamptz(3),
  retry_at timestamptz(3),
  posted_attempt_at timestamptz(3),
  looks integer NOT NULL,
  channel_id text,
  message_ts text,
  body text,
  reason text,
  sent_by text,
  created_at timestamptz(3) NOT NULL,
  sent_at timestamptz(3),
  CONSTRAINT deliveries_occurrence UNIQUE (subscription_id, occurrence)
);
--> statement-breakpoint
CREATE INDEX deliveries_open ON deliveries (status, due_at);
--> statement-breakpoint
CREATE INDEX deliveries_sent ON deliveries (sent_at);
--> statement-breakpoint
CREATE TABLE coaching_goals (
  manager_id text PRIMARY KEY,
  every_weeks integer NOT NULL,
  set_by_slack_id text NOT NULL,
  set_at timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE reminder_items (
  id text PRIMARY KEY,
  delivery_id text NOT NULL,
  manager_id text NOT NULL,
  report_id text NOT NULL,
  status text NOT NULL,
  snoozed_until date,
  opened_at timestamptz(3) NOT NULL,
  closed_at timestamptz(3),
  evidence jsonb
);
--> statement-breakpoint
CREATE INDEX reminder_items_manager ON reminder_items (manager_id);
--> statement-breakpoint
CREATE INDEX reminder_items_delivery ON reminder_items (delivery_id);
--> statement-breakpoint
CREATE TABLE tenant_values (
  space text NOT NULL,
  key text NOT NULL,
  value text,
  PRIMARY KEY (space, key)
);
--> statement-breakpoint
CREATE TABLE request_budget (
  id integer PRIMARY KEY,
  next_slot_ms double precision NOT NULL,
  day date NOT NULL,
  used integer NOT NULL,
  askers jsonb NOT NULL
);
--> statement-breakpoint
INSERT INTO request_budget (id, next_slot_ms, day, used, askers) VALUES (1, 0, '1970-01-01', 0, '{}');
--> statement-breakpoint
CREATE TABLE access_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  what text NOT NULL,
  by_slack_id text NOT NULL,
  person_id text,
  detail text NOT NULL
);
--> statement-breakpoint
CREATE INDEX access_log_person ON access_log (person_id, at);
--> statement-breakpoint
CREATE INDEX access_log_at ON access_log (at);
--> statement-breakpoint
CREATE TABLE grants (
  id text PRIMARY KEY,
  slack_user_id text NOT NULL,
  type text NOT NULL,
  subject_id text NOT NULL,
  until date,
  by_slack_id text NOT NULL,
  at timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE INDEX grants_user ON grants (slack_user_id);
