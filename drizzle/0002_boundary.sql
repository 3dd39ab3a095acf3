CREATE TABLE "audit"."credential" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"credential_id" text COLLATE "C" NOT NULL,
	"purpose" text COLLATE "C" NOT NULL,
	"sealed" text NOT NULL,
	"key_id" text COLLATE "C" NOT NULL,
	"expires_at" timestamp with time zone,
	"refreshing_by" text COLLATE "C",
	"refreshing_until" timestamp with time zone,
	"exchange_began_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "credential_tenant_id_credential_id_pk" PRIMARY KEY("tenant_id","credential_id")
);
--> statement-breakpoint
ALTER TABLE "audit"."credential" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "fleet"."app_hour" (
	"app_id" text COLLATE "C" NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"closed_until" timestamp with time zone,
	CONSTRAINT "app_hour_app_id_hour_pk" PRIMARY KEY("app_id","hour")
);
--> statement-breakpoint
CREATE TABLE "fleet"."pace" (
	"pace_key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit"."app_points" (
	"tenant_id" text COLLATE "C" NOT NULL,
	"app_id" text COLLATE "C" NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "app_points_tenant_id_app_id_hour_pk" PRIMARY KEY("tenant_id","app_id","hour")
);
--> statement-breakpoint
ALTER TABLE "audit"."app_points" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "listed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "listed_run_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "listed_config" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "walked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."api_call" ADD COLUMN "points" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."tenant" ADD COLUMN "cloud_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "audit"."tenant" ADD COLUMN "attachments_listed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."tenant" ADD COLUMN "attachments_walked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."credential" ADD CONSTRAINT "credential_tenant_id_tenant_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "audit"."tenant"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "credential_worker" ON "audit"."credential" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "app_points_worker" ON "audit"."app_points" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "app_points_fleet" ON "audit"."app_points" AS PERMISSIVE FOR SELECT TO "audit_fleet" USING (nullif(current_setting('app.tenant', true), '') is null or tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "app_points_reader" ON "audit"."app_points" AS PERMISSIVE FOR SELECT TO "audit_reader" USING (tenant_id in (select g.tenant_id from fleet.reader_grant g) or exists (select 1 from fleet.reader_grant g where g.tenant_id is null));