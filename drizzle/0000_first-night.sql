CREATE SCHEMA "audit";
--> statement-breakpoint
CREATE SCHEMA IF NOT EXISTS "fleet"; -- before.sql keeps its books there
--> statement-breakpoint
CREATE TABLE "audit"."finding" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"finding_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"subject_type" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"page_id" text COLLATE "C" NOT NULL,
	"space_id" text COLLATE "C" NOT NULL,
	"space_key" text COLLATE "C" NOT NULL,
	"content_type" text COLLATE "C" NOT NULL,
	"page_title" text NOT NULL,
	"page_url" text,
	"severity" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"confidence" text COLLATE "C" NOT NULL,
	"reason" text NOT NULL,
	"evidence" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"remediation" text NOT NULL,
	"owner_account_id" text COLLATE "C",
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"reopened_count" integer DEFAULT 0 NOT NULL,
	"first_run_id" text COLLATE "C" NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "finding_tenant_id_finding_id_pk" PRIMARY KEY("tenant_id","finding_id"),
	CONSTRAINT "finding_fingerprint" UNIQUE("tenant_id","rule_id","page_id","subject_type","subject_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."finding" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."finding_event" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"event_id" text COLLATE "C" NOT NULL,
	"finding_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"event" text COLLATE "C" NOT NULL,
	"run_id" text COLLATE "C",
	"note" text,
	CONSTRAINT "finding_event_tenant_id_at_event_id_pk" PRIMARY KEY("tenant_id","at","event_id")
) PARTITION BY RANGE ("at"); -- drizzle-kit cannot say this; audit.ensure_partitions makes the months
--> statement-breakpoint
CREATE TABLE "audit"."finding_event_rest" PARTITION OF "audit"."finding_event" DEFAULT;
--> statement-breakpoint
ALTER TABLE "audit"."finding_event_rest" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "audit"."finding_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."unjudged" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"page_id" text COLLATE "C" NOT NULL,
	"subject_type" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"severity" text COLLATE "C" NOT NULL,
	"reason" text NOT NULL,
	"evidence" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"remediation" text NOT NULL,
	"space_key" text COLLATE "C" NOT NULL,
	"content_type" text COLLATE "C" NOT NULL,
	"page_title" text NOT NULL,
	"page_url" text,
	"owner_account_id" text COLLATE "C",
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "unjudged_tenant_id_rule_id_page_id_subject_type_subject_id_pk" PRIMARY KEY("tenant_id","rule_id","page_id","subject_type","subject_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."unjudged" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "fleet"."reader_grant" (
	"role_name" text COLLATE "C" NOT NULL,
	"tenant_id" text COLLATE "C",
	CONSTRAINT "reader_grant_once" UNIQUE NULLS NOT DISTINCT("role_name","tenant_id")
);
--> statement-breakpoint
ALTER TABLE "fleet"."reader_grant" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."account" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"display_name" text NOT NULL,
	"type" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "account_tenant_id_account_id_pk" PRIMARY KEY("tenant_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."account" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."attachment" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"attachment_id" text COLLATE "C" NOT NULL,
	"page_id" text COLLATE "C" NOT NULL,
	"title" text NOT NULL,
	"media_type" text NOT NULL,
	"file_size" bigint,
	"status" text COLLATE "C" NOT NULL,
	"version_number" integer NOT NULL,
	"version_at" timestamp with time zone NOT NULL,
	"author_id" text COLLATE "C",
	"version_minor" boolean NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "attachment_tenant_id_attachment_id_pk" PRIMARY KEY("tenant_id","attachment_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."attachment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."page" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"page_id" text COLLATE "C" NOT NULL,
	"space_id" text COLLATE "C" NOT NULL,
	"content_type" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"subtype" text COLLATE "C",
	"title" text NOT NULL,
	"parent_id" text COLLATE "C",
	"parent_type" text COLLATE "C",
	"author_id" text COLLATE "C",
	"owner_id" text COLLATE "C",
	"created_at" timestamp with time zone NOT NULL,
	"version_number" integer NOT NULL,
	"version_at" timestamp with time zone NOT NULL,
	"version_author_id" text COLLATE "C",
	"version_minor" boolean NOT NULL,
	"webui" text,
	"labels" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"read_users" text ARRAY COLLATE "C" DEFAULT '{}' NOT NULL,
	"read_groups" text ARRAY COLLATE "C" DEFAULT '{}' NOT NULL,
	"update_users" text ARRAY COLLATE "C" DEFAULT '{}' NOT NULL,
	"update_groups" text ARRAY COLLATE "C" DEFAULT '{}' NOT NULL,
	"restrictions_known" boolean DEFAULT false NOT NULL,
	"facts" jsonb,
	"facts_version" text COLLATE "C",
	"facts_of_version" integer,
	"human_version" jsonb,
	"is_runbook" boolean DEFAULT false NOT NULL,
	"exempt" boolean DEFAULT false NOT NULL,
	"profile_id" text COLLATE "C",
	"fresh_at" timestamp with time zone,
	"fresh_because" text COLLATE "C",
	"first_seen_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	"gone_because" text COLLATE "C",
	"run_id_changed" text COLLATE "C" NOT NULL,
	CONSTRAINT "page_tenant_id_page_id_pk" PRIMARY KEY("tenant_id","page_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."page" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."page_link" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"page_id" text COLLATE "C" NOT NULL,
	"ord" integer NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"title" text,
	"space_key" text COLLATE "C",
	"anchor" text,
	"url" text,
	"account_id" text COLLATE "C",
	CONSTRAINT "page_link_tenant_id_page_id_ord_pk" PRIMARY KEY("tenant_id","page_id","ord")
);
--> statement-breakpoint
ALTER TABLE "audit"."page_link" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."permission_check" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"page_id" text COLLATE "C" NOT NULL,
	"subject_type" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"operation" text COLLATE "C" NOT NULL,
	"restriction_hash" text COLLATE "C" NOT NULL,
	"answer" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "permission_check_tenant_id_page_id_subject_type_subject_id_operation_pk" PRIMARY KEY("tenant_id","page_id","subject_type","subject_id","operation")
);
--> statement-breakpoint
ALTER TABLE "audit"."permission_check" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."rule_profile" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"profile_id" text COLLATE "C" NOT NULL,
	"rules" jsonb NOT NULL,
	CONSTRAINT "rule_profile_tenant_id_profile_id_pk" PRIMARY KEY("tenant_id","profile_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."rule_profile" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."space" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"space_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"type" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"homepage_id" text COLLATE "C",
	"owner_id" text COLLATE "C",
	"state" text COLLATE "C",
	"excluded_because" text,
	"pages_seen" integer DEFAULT 0 NOT NULL,
	"pages_last_time" integer DEFAULT 0 NOT NULL,
	"degraded" integer DEFAULT 0 NOT NULL,
	"missing" integer DEFAULT 0 NOT NULL,
	"how_known" text,
	"run_id" text COLLATE "C",
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "space_tenant_id_space_id_pk" PRIMARY KEY("tenant_id","space_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."space" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."api_call" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"call_id" text COLLATE "C" NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"endpoint" text COLLATE "C" NOT NULL,
	"status" integer,
	"attempts" integer NOT NULL,
	"waited_ms" integer NOT NULL,
	"duration_ms" integer NOT NULL,
	"throttled" integer DEFAULT 0 NOT NULL,
	"request_id" text,
	"account_id" text COLLATE "C",
	CONSTRAINT "api_call_tenant_id_at_call_id_pk" PRIMARY KEY("tenant_id","at","call_id")
) PARTITION BY RANGE ("at"); -- drizzle-kit cannot say this; audit.ensure_partitions makes the months
--> statement-breakpoint
CREATE TABLE "audit"."api_call_rest" PARTITION OF "audit"."api_call" DEFAULT;
--> statement-breakpoint
ALTER TABLE "audit"."api_call_rest" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "audit"."api_call" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."run" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	"mode" text COLLATE "C" NOT NULL,
	"trigger" text COLLATE "C" NOT NULL,
	"full" boolean NOT NULL,
	"only_spaces" jsonb,
	"plan_id" text COLLATE "C",
	"config_hash" text COLLATE "C" NOT NULL,
	"outcome" text COLLATE "C",
	"reason" text COLLATE "C",
	"detail" text,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"lease_owner" text COLLATE "C" NOT NULL,
	"lease_until" timestamp with time zone NOT NULL,
	"fence" integer DEFAULT 1 NOT NULL,
	"spaces" integer DEFAULT 0 NOT NULL,
	"pages_seen" integer DEFAULT 0 NOT NULL,
	"pages_changed" integer DEFAULT 0 NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"throttled" integer DEFAULT 0 NOT NULL,
	"waited_ms" bigint DEFAULT 0 NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"findings_new" integer DEFAULT 0 NOT NULL,
	"findings_resolved" integer DEFAULT 0 NOT NULL,
	"writes_planned" integer DEFAULT 0 NOT NULL,
	"writes_done" integer DEFAULT 0 NOT NULL,
	"estimated_rate" double precision,
	CONSTRAINT "run_tenant_id_run_id_pk" PRIMARY KEY("tenant_id","run_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."run" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."tenant" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"site" text NOT NULL,
	"enabled" boolean NOT NULL,
	"tags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"auth_type" text COLLATE "C" NOT NULL,
	"token_expires_at" timestamp with time zone,
	"cron" text,
	"timezone" text,
	"account_id" text COLLATE "C",
	"account_name" text,
	"last_slot_at" timestamp with time zone,
	"next_run_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "tenant_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."tenant" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."walk_step" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	"walk" text COLLATE "C" NOT NULL,
	"step" integer NOT NULL,
	"cursor" text,
	"ids" text ARRAY COLLATE "C" DEFAULT '{}' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "walk_step_tenant_id_run_id_walk_step_pk" PRIMARY KEY("tenant_id","run_id","walk","step")
);
--> statement-breakpoint
ALTER TABLE "audit"."walk_step" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."label_write" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"write_id" text COLLATE "C" NOT NULL,
	"plan_id" text COLLATE "C" NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	"finding_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"page_id" text COLLATE "C" NOT NULL,
	"space_key" text COLLATE "C" NOT NULL,
	"page_title" text NOT NULL,
	"page_url" text,
	"page_version" integer NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"label" text COLLATE "C" NOT NULL,
	"reason" text NOT NULL,
	"severity" text COLLATE "C" NOT NULL,
	"undoable" boolean NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"outcome" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	"planned_at" timestamp with time zone NOT NULL,
	"executed_at" timestamp with time zone,
	"account_id" text COLLATE "C",
	"approved_by" text,
	"undone_at" timestamp with time zone,
	"undone_by" text COLLATE "C",
	"executed_in_run" text COLLATE "C",
	CONSTRAINT "label_write_tenant_id_write_id_pk" PRIMARY KEY("tenant_id","write_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."label_write" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."plan" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"plan_id" text COLLATE "C" NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "plan_tenant_id_plan_id_pk" PRIMARY KEY("tenant_id","plan_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."plan" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit"."page_link" ADD CONSTRAINT "page_link_tenant_id_page_id_page_tenant_id_page_id_fk" FOREIGN KEY ("tenant_id","page_id") REFERENCES "audit"."page"("tenant_id","page_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit"."run" ADD CONSTRAINT "run_tenant_id_tenant_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "audit"."tenant"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit"."walk_step" ADD CONSTRAINT "walk_step_tenant_id_run_id_run_tenant_id_run_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "audit"."run"("tenant_id","run_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit"."label_write" ADD CONSTRAINT "label_write_tenant_id_plan_id_plan_tenant_id_plan_id_fk" FOREIGN KEY ("tenant_id","plan_id") REFERENCES "audit"."plan"("tenant_id","plan_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit"."plan" ADD CONSTRAINT "plan_tenant_id_run_id_run_tenant_id_run_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "audit"."run"("tenant_id","run_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "finding_by_state" ON "audit"."finding" USING btree ("tenant_id","state","rule_id");--> statement-breakpoint
CREATE INDEX "finding_event_by_finding" ON "audit"."finding_event" USING btree ("tenant_id","finding_id");--> statement-breakpoint
CREATE INDEX "attachment_by_page" ON "audit"."attachment" USING btree ("tenant_id","page_id");--> statement-breakpoint
CREATE INDEX "page_by_space" ON "audit"."page" USING btree ("tenant_id","space_id");--> statement-breakpoint
CREATE INDEX "page_by_title" ON "audit"."page" USING btree ("tenant_id","space_id",lower(title));--> statement-breakpoint
CREATE UNIQUE INDEX "run_one_unfinished" ON "audit"."run" USING btree ("tenant_id") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "run_latest" ON "audit"."run" USING btree ("tenant_id","started_at");--> statement-breakpoint
CREATE INDEX "label_write_open" ON "audit"."label_write" USING btree ("tenant_id","state") WHERE state in ('planned', 'deferred', 'intent', 'unknown');--> statement-breakpoint
CREATE INDEX "label_write_owned" ON "audit"."label_write" USING btree ("tenant_id","page_id","label") WHERE state = 'done';--> statement-breakpoint
CREATE INDEX "label_write_by_finding" ON "audit"."label_write" USING btree ("tenant_id","finding_id");--> statement-breakpoint
CREATE POLICY "finding_worker" ON "audit"."finding" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "finding_fleet" ON "audit"."finding" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "finding_reader" ON "audit"."finding" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "finding_event_worker" ON "audit"."finding_event" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "finding_event_fleet" ON "audit"."finding_event" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "finding_event_reader" ON "audit"."finding_event" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "unjudged_worker" ON "audit"."unjudged" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "unjudged_fleet" ON "audit"."unjudged" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "unjudged_reader" ON "audit"."unjudged" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "reader_grant_fleet" ON "fleet"."reader_grant" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (true);--> statement-breakpoint
CREATE POLICY "reader_grant_reader" ON "fleet"."reader_grant" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (pg_has_role(current_user, (select r.oid from pg_catalog.pg_roles r where r.rolname = role_name), 'usage'));--> statement-breakpoint
CREATE POLICY "account_worker" ON "audit"."account" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "account_fleet" ON "audit"."account" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "account_reader" ON "audit"."account" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "attachment_worker" ON "audit"."attachment" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "attachment_fleet" ON "audit"."attachment" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "attachment_reader" ON "audit"."attachment" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "page_worker" ON "audit"."page" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "page_fleet" ON "audit"."page" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "page_reader" ON "audit"."page" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "page_link_worker" ON "audit"."page_link" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "page_link_fleet" ON "audit"."page_link" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "page_link_reader" ON "audit"."page_link" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "permission_check_worker" ON "audit"."permission_check" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "permission_check_fleet" ON "audit"."permission_check" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "permission_check_reader" ON "audit"."permission_check" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "rule_profile_worker" ON "audit"."rule_profile" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "rule_profile_fleet" ON "audit"."rule_profile" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "rule_profile_reader" ON "audit"."rule_profile" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "space_worker" ON "audit"."space" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "space_fleet" ON "audit"."space" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "space_reader" ON "audit"."space" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "api_call_worker" ON "audit"."api_call" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "api_call_fleet" ON "audit"."api_call" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "api_call_reader" ON "audit"."api_call" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "run_worker" ON "audit"."run" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "run_fleet" ON "audit"."run" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "run_reader" ON "audit"."run" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "tenant_worker" ON "audit"."tenant" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "tenant_fleet" ON "audit"."tenant" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "tenant_reader" ON "audit"."tenant" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "walk_step_worker" ON "audit"."walk_step" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "walk_step_fleet" ON "audit"."walk_step" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "walk_step_reader" ON "audit"."walk_step" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "label_write_worker" ON "audit"."label_write" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "label_write_fleet" ON "audit"."label_write" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "label_write_reader" ON "audit"."label_write" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "plan_worker" ON "audit"."plan" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "plan_fleet" ON "audit"."plan" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "plan_reader" ON "audit"."plan" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));