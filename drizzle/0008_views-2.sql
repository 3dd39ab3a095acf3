CREATE TABLE "audit"."finding_day" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"day" date NOT NULL,
	"severity" text COLLATE "C" NOT NULL,
	"open" integer DEFAULT 0 NOT NULL,
	"opened" integer DEFAULT 0 NOT NULL,
	"resolved" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "finding_day_tenant_id_day_severity_pk" PRIMARY KEY("tenant_id","day","severity")
);
--> statement-breakpoint
ALTER TABLE "audit"."finding_day" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."space_count" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"space_key" text COLLATE "C" NOT NULL,
	"pages" integer DEFAULT 0 NOT NULL,
	"runbooks" integer DEFAULT 0 NOT NULL,
	"healthy" integer DEFAULT 0 NOT NULL,
	"runbooks_then" integer DEFAULT 0 NOT NULL,
	"healthy_then" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "space_count_tenant_id_space_key_pk" PRIMARY KEY("tenant_id","space_key")
);
--> statement-breakpoint
ALTER TABLE "audit"."space_count" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit"."usage_day" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"day" date NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"throttled" integer DEFAULT 0 NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"busiest_minute" integer NOT NULL,
	"estimated_rate" double precision,
	CONSTRAINT "usage_day_tenant_id_day_pk" PRIMARY KEY("tenant_id","day")
);
--> statement-breakpoint
ALTER TABLE "audit"."usage_day" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "audit"."finding_open";--> statement-breakpoint
ALTER TABLE "audit"."tenant" ADD COLUMN "counted_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "finding_day_latest" ON "audit"."finding_day" USING btree ("day","tenant_id","severity","open","opened","resolved");--> statement-breakpoint
CREATE INDEX "finding_by_owner" ON "audit"."finding" USING btree ("tenant_id","owner_account_id","mute_id","severity","status","first_seen_at","finding_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "finding_open" ON "audit"."finding" USING btree ("tenant_id","rule_id","severity","mute_id","subject_type") WHERE state = 'open';--> statement-breakpoint
CREATE POLICY "finding_day_worker" ON "audit"."finding_day" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "finding_day_fleet" ON "audit"."finding_day" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (case when (select nullif(current_setting('app.tenant', true), '')) is null then true else tenant_id = (select nullif(current_setting('app.tenant', true), '')) end);--> statement-breakpoint
CREATE POLICY "finding_day_reader" ON "audit"."finding_day" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (case when exists (select 1 from fleet.reader_grant g where g.tenant_id is null) then true else tenant_id in (select g.tenant_id from fleet.reader_grant g) end);--> statement-breakpoint
CREATE POLICY "space_count_worker" ON "audit"."space_count" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "space_count_fleet" ON "audit"."space_count" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (case when (select nullif(current_setting('app.tenant', true), '')) is null then true else tenant_id = (select nullif(current_setting('app.tenant', true), '')) end);--> statement-breakpoint
CREATE POLICY "space_count_reader" ON "audit"."space_count" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (case when exists (select 1 from fleet.reader_grant g where g.tenant_id is null) then true else tenant_id in (select g.tenant_id from fleet.reader_grant g) end);--> statement-breakpoint
CREATE POLICY "usage_day_worker" ON "audit"."usage_day" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "usage_day_fleet" ON "audit"."usage_day" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (case when (select nullif(current_setting('app.tenant', true), '')) is null then true else tenant_id = (select nullif(current_setting('app.tenant', true), '')) end);--> statement-breakpoint
CREATE POLICY "usage_day_reader" ON "audit"."usage_day" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (case when exists (select 1 from fleet.reader_grant g where g.tenant_id is null) then true else tenant_id in (select g.tenant_id from fleet.reader_grant g) end);