import { z } from 'zod';
import { defineTenantRule } from '../domain/rule.ts';

/** Tells of a tenant that is not audited any more: everything else that is reported of it grows old in silence. */
export default defineTenantRule({
  id: 'tenant-not-audited',
  title: 'The tenant has not been audited for some nights',
  why: 'What is reported of a tenant grows old in silence when its audits fail or do not take place.',
  severity: 'high',
  remediation:
    'See in `report.run_log` how its last runs ended, and mend what stood in the way; `doctor` says what to do.',
  explanation: [
    'A night is a moment of the [schedule](configuration.md#settings), days of `blackout` left out. It is missed where no `complete` audit of all of the tenant has ended since: a run that was `partial` or `failed`, or was asked for some spaces only, makes up for nothing. Nights before a change of the settings in the database (site, schedule, credential, enabled or not) do not count.',
    'Each run looks at this when it ends; and where no worker took the nights at all, the scheduler does when a slot has come, once the one before has had its time. It then records a `failed` run, so that the finding is among the new ones. It resolves with the next complete audit.',
    'Of a program that does not run at all nothing can be heard: watch `health`, or `last_success_at` in `report.tenant_health`, from outside.',
  ],
  example:
    'No audit has been complete since 2026-11-02 02:10 UTC, and 2 nights have passed; the last run ended failed (auth-invalid).',
  options: z.strictObject({
    nights: z.int().positive().default(2).describe('So many nights may not be missed one after the other.'),
  }),
  *check({ id, nights: { lastSuccess, missed, end } }, _context, { nights }) {
    if (missed < nights) return;
    const since =
      lastSuccess === null
        ? 'No audit has ever been complete'
        : `No audit has been complete since ${minute(lastSuccess)}`;
    const passed = missed === 1 ? 'a night has' : `${missed} nights have`;
    yield {
      reason: `${since}, and ${passed} passed; ${end === null ? 'no run took place' : `the last run ended ${told(end)}`}.`,
      subject: { type: 'tenant', id },
      evidence: { last_success_at: lastSuccess, missed_nights: missed, outcome: end?.outcome ?? null },
    };
  },
});

const minute = (instant: string): string => `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const told = ({ outcome, reason }: { outcome: string; reason: string | null }): string =>
  reason === null ? outcome : `${outcome} (${reason})`;
