CREATE TABLE "audit"."alert" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"alert_id" text COLLATE "C" NOT NULL,
	"receiver" text COLLATE "C" NOT NULL,
	"owner_account_id" text COLLATE "C" DEFAULT '' NOT NULL,
	"run_ids" text ARRAY COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"digest" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_tried_at" timestamp with time zone,
	"lease_owner" text COLLATE "C",
	"lease_until" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "alert_tenant_id_alert_id_pk" PRIMARY KEY("tenant_id","alert_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."alert" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "alert_by_receiver" ON "audit"."alert" USING btree ("tenant_id","receiver","owner_account_id","created_at");--> statement-breakpoint
CREATE INDEX "alert_waiting" ON "audit"."alert" USING btree ("state","due_at");--> statement-breakpoint
CREATE POLICY "alert_worker" ON "audit"."alert" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "alert_fleet" ON "audit"."alert" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "alert_reader" ON "audit"."alert" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));