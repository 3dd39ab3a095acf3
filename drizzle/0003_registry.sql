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
ALTER TABLE "audit"."tenant" ADD COLUMN "delete_after" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."registration" ADD CONSTRAINT "registration_tenant_id_tenant_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "audit"."tenant"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "credential_fleet" ON "audit"."credential" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "registration_worker" ON "audit"."registration" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "registration_fleet" ON "audit"."registration" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));