import { z } from 'zod';
import { defineTenantRule } from '../domain/rule.ts';
import type { Severity } from '../domain/severity.ts';

const DAY_MS = 86_400_000;
/** From so many days left on, the nearer the worse. */
const STEPS: readonly (readonly [days: number, severity: Severity])[] = [
  [1, 'critical'],
  [7, 'high'],
  [14, 'medium'],
  [30, 'low'],
];

/** Warns of credentials that are about to end. Confluence tells nobody when a token ends, so the settings have to. */
export default defineTenantRule({
  id: 'token-expiring',
  title: 'The credential of the audit is about to end',
  why: 'After that day the tenant is not audited any more, and nobody hears of its stale runbooks.',
  severity: 'high',
  remediation: 'Make a new token, give it to the tenant, and write its last day into `auth.expires`.',
  explanation: [
    'API tokens live a year at most and no API tells when one ends, so write its last day into [`auth.expires`](configuration.md#tenants). The finding is about the tenant, not about a page, and every run looks, also one that could not audit anything.',
    'From 30 days before the day on it is `low`, from 14 `medium`, from 7 `high`, on the last day and after it `critical`; another `severity` of the rule moves all four. It resolves with the first run after a new day was written down. `report.token_expiry` lists all credentials with the days that are left; where the settings name no day there is nothing to warn of, and `doctor` says so.',
  ],
  example: 'By the settings the credential ends on 2027-05-01, in 6 days.',
  options: z.strictObject({}),
  *check({ credential }, { now }) {
    if (credential.ends === null) return;
    const days = Math.floor((Date.parse(`${credential.ends}T00:00:00Z`) - now.getTime()) / DAY_MS);
    const step = STEPS.find(([most]) => days <= most);
    if (step === undefined) return;
    yield {
      reason: `By the settings the credential ${days < 0 ? 'ended' : 'ends'} on ${credential.ends}, ${whenThatIs(days)}.`,
      severity: step[1],
      subject: { type: 'credential', id: credential.id },
      evidence: { expires_at: credential.ends, days_left: days, auth_type: credential.type },
    };
  },
});

function whenThatIs(days: number): string {
  if (days < 0) return `${counted(-days)} ago`;
  return days === 0 ? 'within a day' : `in ${counted(days)}`;
}

const counted = (days: number): string => (days === 1 ? 'one day' : `${days} days`);
