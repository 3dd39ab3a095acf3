CREATE TABLE "audit"."page_write" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"write_id" text COLLATE "C" NOT NULL,
	"plan_id" text COLLATE "C" NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	"finding_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"action_name" text COLLATE "C",
	"page_id" text COLLATE "C" NOT NULL,
	"space_key" text COLLATE "C" NOT NULL,
	"page_title" text NOT NULL,
	"page_url" text,
	"page_version" integer NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"mark" text COLLATE "C" NOT NULL,
	"content" text,
	"reason" text NOT NULL,
	"severity" text COLLATE "C" NOT NULL,
	"undoable" boolean NOT NULL,
	"needs_approval" boolean DEFAULT false NOT NULL,
	"cost" integer DEFAULT 1 NOT NULL,
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
	"undoes" text COLLATE "C",
	"executed_in_run" text COLLATE "C",
	"remote_id" text COLLATE "C",
	"remote_version" integer,
	"parent_id" text COLLATE "C",
	"made_version" integer,
	CONSTRAINT "page_write_tenant_id_write_id_pk" PRIMARY KEY("tenant_id","write_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."page_write" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit"."run" ADD COLUMN "job" text COLLATE "C" DEFAULT 'audit' NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."run" ADD COLUMN "writes_wanted" integer;--> statement-breakpoint
ALTER TABLE "audit"."plan" ADD COLUMN "kind" text COLLATE "C" DEFAULT 'audit' NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."plan" ADD COLUMN "wanted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."plan" ADD COLUMN "refused_because" text;--> statement-breakpoint
ALTER TABLE "audit"."plan" ADD COLUMN "override_reason" text;--> statement-breakpoint
ALTER TABLE "audit"."plan" ADD COLUMN "approved_by" text;--> statement-breakpoint
ALTER TABLE "audit"."plan" ADD COLUMN "approved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."page_write" ADD CONSTRAINT "page_write_tenant_id_plan_id_plan_tenant_id_plan_id_fk" FOREIGN KEY ("tenant_id","plan_id") REFERENCES "audit"."plan"("tenant_id","plan_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- By hand: every write keeps its row. The policies of the tables would hide all of them from an owner who is no superuser.
ALTER TABLE "audit"."label_write" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit"."plan" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "audit"."page_write" (tenant_id, write_id, plan_id, run_id, finding_id, rule_id, page_id, space_key, page_title, page_url,
  page_version, action, mark, reason, severity, undoable, state, outcome, attempts, due_at, planned_at, executed_at, account_id,
  approved_by, undone_at, undone_by, executed_in_run)
SELECT tenant_id, write_id, plan_id, run_id, finding_id, rule_id, page_id, space_key, page_title, page_url,
  page_version, action, label, reason, severity, undoable, state, outcome, attempts, due_at, planned_at, executed_at, account_id,
  approved_by, undone_at, undone_by, executed_in_run
FROM "audit"."label_write";--> statement-breakpoint
UPDATE "audit"."plan" p SET wanted = w.writes FROM (
  SELECT tenant_id, plan_id, count(*)::int AS writes FROM "audit"."page_write" GROUP BY tenant_id, plan_id
) w WHERE w.tenant_id = p.tenant_id AND w.plan_id = p.plan_id;--> statement-breakpoint
ALTER TABLE "audit"."label_write" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP POLICY "label_write_worker" ON "audit"."label_write" CASCADE;--> statement-breakpoint
DROP POLICY "label_write_fleet" ON "audit"."label_write" CASCADE;--> statement-breakpoint
DROP POLICY "label_write_reader" ON "audit"."label_write" CASCADE;--> statement-breakpoint
DROP TABLE "audit"."label_write" CASCADE;--> statement-breakpoint
CREATE INDEX "page_write_open" ON "audit"."page_write" USING btree ("tenant_id","state") WHERE state in ('planned', 'deferred', 'intent', 'unknown');--> statement-breakpoint
CREATE INDEX "page_write_done" ON "audit"."page_write" USING btree ("tenant_id","page_id","mark") WHERE state = 'done';--> statement-breakpoint
CREATE INDEX "page_write_by_finding" ON "audit"."page_write" USING btree ("tenant_id","finding_id");--> statement-breakpoint
CREATE INDEX "page_write_by_run" ON "audit"."page_write" USING btree ("tenant_id","executed_in_run");--> statement-breakpoint
CREATE INDEX "plan_latest" ON "audit"."plan" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE POLICY "page_write_worker" ON "audit"."page_write" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "page_write_fleet" ON "audit"."page_write" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "page_write_reader" ON "audit"."page_write" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));