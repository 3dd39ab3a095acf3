import { z } from 'zod';
import type { CatalogueEntry } from '../src/domain/catalogue.ts';
import { actionsSchema, rulePattern } from './action-schema.ts';
import { date, positive, word } from './fields.ts';
import { receiverSchema } from './notify-schema.ts';
import { refusal } from './refusal.ts';
import { rulesSchema } from './rule-schema.ts';
import { secretRef } from './secret-ref.ts';
import { limits, mode, settingKeys } from './setting-schemas.ts';
import { isCallback } from './site.ts';
import { overrideSchema, tenantSchema } from './tenant-schema.ts';

const app = z.strictObject({
  id: word,
  clientId: secretRef,
  clientSecret: secretRef,
  redirectUri: z
    .string()
    .refine(isCallback, refusal('is not an https:// address', 'write it exactly as it stands in the developer console'))
    .optional(),
  pointsPerHour: positive.optional().describe('The points quota of the app, which all its tenants share.'),
});

const mute = (ruleIds: readonly string[]) =>
  z.strictObject({
    tenant: word.optional().describe('Tenant id; * and ? are wildcards. All tenants by default.'),
    rule: rulePattern(ruleIds).optional().describe('Rule id or pattern. All rules by default.'),
    space: word.optional(),
    page: word.optional(),
    label: word.optional(),
    reason: word,
    by: word,
    expires: date.describe('The last day of the mute.'),
  });

const includePattern = z
  .string()
  .min(1)
  .max(1_000)
  .refine(
    (pattern) => !/^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)/.test(pattern),
    refusal('leaves the folder of the config file', 'write a relative path without .., as in tenants/*.yaml'),
  );

/** The whole config file: everything a user may write, and nothing else. */
export function fileSchema(known: {
  readonly catalogue: readonly CatalogueEntry[];
  readonly presets: readonly string[];
}) {
  const ruleIds = known.catalogue.map(({ id }) => id);
  const rules = rulesSchema(known.catalogue);
  const actions = actionsSchema(ruleIds);
  return z.strictObject({
    version: z.literal(1).optional(),
    extends: z
      .array(z.enum(known.presets.map((name) => `preset:${name}`)))
      .optional()
      .describe('Presets, later ones win. An empty list turns on only the rules that are named below.'),
    include: z.array(includePattern).optional().describe('More files with tenants, overrides, mutes, notify and apps.'),
    defaults: z.strictObject(settingKeys).optional().describe('Settings of all tenants.'),
    rules: rules.optional(),
    actions: actions.optional(),
    overrides: z
      .array(overrideSchema({ rules, actions }))
      .optional()
      .describe('Exceptions, from first to last; later ones win.'),
    ceilings: z
      .strictObject({ limits: limits.partial().optional(), mode: mode.optional() })
      .optional()
      .describe('What no layer may exceed.'),
    apps: z.array(app).optional(),
    mutes: z.array(mute(ruleIds)).optional(),
    notify: z.array(receiverSchema).optional().describe('Whom to tell of what; docs/alerts.md.'),
    tenants: z.array(tenantSchema({ rules, actions })).optional(),
  });
}

export type ConfigFile = z.output<ReturnType<typeof fileSchema>>;

/** A file of config/presets/. */
export const presetSchema = (catalogue: readonly CatalogueEntry[]) =>
  z.strictObject({ description: z.string().min(1), rules: rulesSchema(catalogue) });
