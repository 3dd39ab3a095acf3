ALTER TABLE "audit"."page" ADD COLUMN "contributors" jsonb;--> statement-breakpoint
ALTER TABLE "audit"."page" ADD COLUMN "marks" jsonb;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "reader_classes" text ARRAY COLLATE "C" DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "reader_groups" text ARRAY COLLATE "C" DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "permission_rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "readers_run_id" text COLLATE "C";