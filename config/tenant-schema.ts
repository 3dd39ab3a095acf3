import { z } from 'zod';
import type { actionsSchema } from './action-schema.ts';
import { date, email, site, someWords, tenantId, word } from './fields.ts';
import { refusal } from './refusal.ts';
import type { rulesSchema } from './rule-schema.ts';
import { tokenRef } from './secret-ref.ts';
import { settingKeys } from './setting-schemas.ts';

const expires = date.optional().describe('The day on which the credential ends; report.token_expiry counts the days.');
const app = word.describe('The id of an entry of apps.');

const auth = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('basic'), email, token: tokenRef, expires }),
    z.strictObject({ type: z.literal('scoped'), email, token: tokenRef, expires }),
    z.strictObject({ type: z.literal('bearer'), token: tokenRef, expires }),
    z.strictObject({ type: z.literal('oauth'), app, expires }),
    z.strictObject({ type: z.literal('client-credentials'), app, expires }),
  ])
  .describe(
    'basic: e-mail and API token. scoped: the same with a scoped token. bearer: key of a service account. oauth: a consent to an app. client-credentials: an app of your own organisation.',
  );

const tagKey = z
  .string()
  .regex(/^[^\s:]{1,100}$/, refusal('is not a tag', 'write key: value, the key without spaces and colons'));
const tagValue = z.union([word, z.boolean().transform(String)], {
  error: refusal('is not the value of a tag', 'write a word or a number'),
});

/** The parts that depend on which rules there are. */
export interface RuleParts {
  readonly rules: ReturnType<typeof rulesSchema>;
  readonly actions: ReturnType<typeof actionsSchema>;
}

/** One tenant: who it is, how to sign in, and any settings of its own. */
export const tenantSchema = ({ rules, actions }: RuleParts) =>
  z.strictObject({
    id: tenantId.describe('The name of the tenant in commands, logs and reports. It must not change.'),
    site: site.describe('The address of the site, as in https://acme.atlassian.net.'),
    enabled: z.boolean().optional(),
    tags: z.record(tagKey, tagValue).optional(),
    auth,
    ...settingKeys,
    rules: rules.optional(),
    actions: actions.optional(),
  });

const match = z
  .strictObject({
    tenants: someWords.optional().describe('Tenant ids; * and ? are wildcards.'),
    tags: z
      .union(
        [
          z.array(z.string().regex(/^[^\s:]+:.+$/, refusal('is not a tag', 'write "key:value"'))).min(1),
          z.record(tagKey, z.union([tagValue, z.array(tagValue).min(1)])),
        ],
        {
          error: refusal('is no choice of tags', 'write { key: value }, or a list such as ["key:value"]'),
        },
      )
      .optional()
      .describe('{ tier: gold }: every key must fit. ["tier:gold", "tier:silver"]: one of them must fit.'),
    spaces: someWords.optional().describe('Space keys; * and ? are wildcards.'),
    labels: someWords.optional().describe('Labels of the page; * and ? are wildcards.'),
    ancestors: someWords.optional().describe('Ids of pages somewhere above the page.'),
  })
  .check(({ value, issues }) => {
    if (issues.length > 0 || Object.keys(value).length > 0) return;
    const hint = 'name tenants, tags, spaces, labels or ancestors; what holds for all belongs in defaults';
    issues.push({ code: 'custom', message: refusal('matches everything', hint), input: undefined });
  })
  .describe('Two keys mean both, a list means any of its entries.');

/** One entry of `overrides`: settings for some tenants, or rules for some pages. */
export const overrideSchema = ({ rules, actions }: RuleParts) =>
  z
    .strictObject({ match, ...settingKeys, rules: rules.optional(), actions: actions.optional() })
    .check(({ value, issues }) => {
      if (!namesPages(value.match)) return;
      for (const key of Object.keys(value).filter((name) => name !== 'match' && name !== 'rules')) {
        const message = refusal(
          'cannot differ from page to page',
          'an override that matches spaces, labels or ancestors can only hold rules; put the rest into one that matches tenants or tags',
        );
        issues.push({ code: 'custom', message, input: undefined, path: [key] });
      }
    });

export type MatchInput = z.output<typeof match>;
export type OverrideInput = z.output<ReturnType<typeof overrideSchema>>;

/** True for a match that has to look at pages, not only at the tenant. */
export const namesPages = ({ spaces, labels, ancestors }: MatchInput): boolean =>
  [spaces, labels, ancestors].some((list) => list !== undefined);
