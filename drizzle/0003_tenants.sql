CREATE TABLE "audit"."admin_act" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"act_id" text COLLATE "C" NOT NULL,
	"actor" text NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"subject" text,
	"reason" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "admin_act_tenant_id_at_act_id_pk" PRIMARY KEY("tenant_id","at","act_id")
) PARTITION BY RANGE ("at"); -- drizzle-kit cannot say this; audit.ensure_partitions makes the months
--> statement-breakpoint
CREATE TABLE "audit"."admin_act_rest" PARTITION OF "audit"."admin_act" DEFAULT;
--> statement-breakpoint
ALTER TABLE "audit"."admin_act_rest" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "audit"."admin_act" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "fleet"."site_claim" (
	"site_key" text COLLATE "C" PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit"."registration" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"site" text NOT NULL,
	"settings" jsonb NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "registration_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."registration" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit"."finding_event" ADD COLUMN "tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."account" ADD COLUMN "report_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."api_call" ADD COLUMN "tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."tenant" ADD COLUMN "account_report_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."tenant" ADD COLUMN "delete_after" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."registration" ADD CONSTRAINT "registration_tenant_id_tenant_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "audit"."tenant"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "admin_act_by_tx" ON "audit"."admin_act" USING btree ("tx","act_id");--> statement-breakpoint
CREATE INDEX "finding_event_by_tx" ON "audit"."finding_event" USING btree ("tx","event_id");--> statement-breakpoint
CREATE INDEX "api_call_by_tx" ON "audit"."api_call" USING btree ("tx","call_id");--> statement-breakpoint
CREATE POLICY "credential_fleet" ON "audit"."credential" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "admin_act_worker" ON "audit"."admin_act" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "admin_act_fleet" ON "audit"."admin_act" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "admin_act_reader" ON "audit"."admin_act" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));--> statement-breakpoint
CREATE POLICY "registration_worker" ON "audit"."registration" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "registration_fleet" ON "audit"."registration" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
ALTER POLICY "reader_grant_fleet" ON "fleet"."reader_grant" TO audit_fleet USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));