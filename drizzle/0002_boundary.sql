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
ALTER TABLE "audit"."space" ADD COLUMN "listed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "listed_run_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "listed_config" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "walked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."tenant" ADD COLUMN "cloud_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "audit"."tenant" ADD COLUMN "attachments_listed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."tenant" ADD COLUMN "attachments_walked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."credential" ADD CONSTRAINT "credential_tenant_id_tenant_tenant_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "audit"."tenant"("tenant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "credential_worker" ON "audit"."credential" AS PERMISSIVE FOR ALL TO "audit_worker" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));