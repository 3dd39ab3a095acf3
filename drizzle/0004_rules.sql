CREATE TABLE "audit"."mute" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"mute_id" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"finding_id" text COLLATE "C",
	"rule" text COLLATE "C",
	"space" text COLLATE "C",
	"page" text COLLATE "C",
	"label" text COLLATE "C",
	"reason" text NOT NULL,
	"muted_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text,
	"matched" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "mute_tenant_id_mute_id_pk" PRIMARY KEY("tenant_id","mute_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."mute" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit"."finding" ADD COLUMN "mute_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "audit"."page" ADD COLUMN "contributors" jsonb;--> statement-breakpoint
ALTER TABLE "audit"."page" ADD COLUMN "marks" jsonb;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "accepted_missing" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "accepted_by" text;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "accepted_reason" text;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "accepted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "reader_classes" text ARRAY COLLATE "C" DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "reader_groups" text ARRAY COLLATE "C" DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "permission_rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "readers_run_id" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "mute_by_finding" ON "audit"."mute" USING btree ("tenant_id","finding_id");--> statement-breakpoint
CREATE POLICY "mute_worker" ON "audit"."mute" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "mute_fleet" ON "audit"."mute" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "mute_reader" ON "audit"."mute" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));