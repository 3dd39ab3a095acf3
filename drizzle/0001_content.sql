CREATE TABLE "audit"."comment" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"comment_id" text COLLATE "C" NOT NULL,
	"page_id" text COLLATE "C" NOT NULL,
	"resolution" text COLLATE "C" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "comment_tenant_id_comment_id_pk" PRIMARY KEY("tenant_id","comment_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."comment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit"."run" ADD COLUMN "estimated_requests" integer;--> statement-breakpoint
CREATE INDEX "comment_by_page" ON "audit"."comment" USING btree ("tenant_id","page_id");--> statement-breakpoint
CREATE POLICY "comment_worker" ON "audit"."comment" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "comment_fleet" ON "audit"."comment" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "comment_reader" ON "audit"."comment" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));