ALTER TABLE "audit"."space" ADD COLUMN "listed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "listed_run_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "listed_config" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "audit"."space" ADD COLUMN "walked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."tenant" ADD COLUMN "attachments_listed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit"."tenant" ADD COLUMN "attachments_walked_at" timestamp with time zone;