import { z } from 'zod';
import { peopleBehind } from '../domain/contributors.ts';
import { quoted } from '../domain/printable.ts';
import { defineRule } from '../domain/rule.ts';

const DAY = 86_400_000;

/**
 * Finds runbooks that only one person has ever written. Apps do not count; where creator and last editor differ, nothing more is read.
 * A runbook that was copied from another one, or written together on one screen, looks like the work of one person.
 */
export default defineRule({
  id: 'bus-factor-one',
  title: 'Only one person has ever edited the runbook',
  why: 'Nobody else has shown that they understand it, and when that person is away nobody corrects it.',
  severity: 'low',
  remediation: 'Let somebody else walk through the runbook and save what they correct.',
  explanation: [
    'A runbook that only one person has ever edited.',
    'Apps do not count. Versions are read only where creator and last editor are the same person, once; later only what is newer. Not read yet: `skip`.',
  ],
  example: 'Only "Ada" has ever edited the runbook (one version).',
  appliesTo: 'runbooks',
  options: z.strictObject({
    minDays: z.int().min(0).default(30).describe('Runbooks that are younger are left alone.'),
    ignoreAuthors: z.array(z.string().min(1)).default([]).describe('Account ids that do not count as people.'),
  }),
  needs: ['versions', 'contributors', 'accounts'],
  *check(view, { now }, { minDays, ignoreAuthors }) {
    const { page, accounts } = view;
    if (now.getTime() - Date.parse(page.createdAt) < minDays * DAY) return;
    const { ids, complete } = peopleBehind(view, ignoreAuthors);
    if (ids.length > 1) return;
    if (!complete) {
      yield { status: 'skip', reason: 'The older versions of the runbook have not been read yet.' };
      return;
    }
    const [only] = ids;
    if (only === undefined) return;
    const name = accounts.get(only)?.displayName.trim() ?? '';
    const who = name === '' ? `the account ${quoted(only)}` : quoted(name);
    const { number } = page.version;
    yield {
      reason: `Only ${who} has ever edited the runbook (${number === 1 ? 'one version' : `${number} versions`}).`,
      evidence: { contributors: ids, versions: number },
    };
  },
});
