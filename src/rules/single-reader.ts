import { z } from 'zod';
import { quoted } from '../domain/printable.ts';
import { defineRule } from '../domain/rule.ts';
import { singleReader } from '../domain/single-reader.ts';

/** Finds runbooks that restrictions leave to one person, from the lists along the whole way to the root. */
export default defineRule({
  id: 'single-reader',
  title: 'Only one person can read the runbook',
  why: 'When that person sleeps, is on holiday or leaves, nobody else can open the page.',
  severity: 'medium',
  remediation: 'Add the team as a group to the viewers of the page that the finding names.',
  explanation: [
    'A runbook that viewing restrictions leave to one person, or to nobody but administrators.',
    'Every list on the way to the root must name a reader; a list with a group may let in anybody, one without names all its readers. Where a list is out of sight and the others let more people in, the result is `skip`.',
  ],
  example:
    'Only "Ada" can read the runbook: the viewing restriction on the page itself lists single people and no group.',
  appliesTo: 'runbooks',
  options: z.strictObject({}),
  needs: ['restrictions', 'accounts'],
  *check({ page, restrictions, accounts }) {
    const few = singleReader(restrictions);
    if (few === null) {
      if (restrictions.known && restrictions.chainComplete) return;
      const what = restrictions.known
        ? 'An ancestor of the page is invisible to the audit account'
        : 'The restrictions of the page itself could not be read';
      yield { status: 'skip', reason: `${what}, so there may be fewer readers than the other lists say.` };
      return;
    }
    const { accountId, restrictedBy } = few;
    const place =
      restrictedBy.pageId === page.id ? 'on the page itself' : `on its ancestor ${quoted(restrictedBy.title)}`;
    const name = accountId === null ? '' : (accounts.get(accountId)?.displayName.trim() ?? '');
    const who = name === '' ? `the account ${quoted(accountId ?? '')}` : quoted(name);
    yield {
      reason:
        accountId === null
          ? `The viewing restrictions ${place} and above it have no reader in common, so only administrators can open the runbook.`
          : `Only ${who} can read the runbook: the viewing restriction ${place} lists single people and no group.`,
      evidence: {
        readers: accountId === null ? [] : [`user ${accountId}`],
        blocked_by_page_id: restrictedBy.pageId,
        how_known: 'restrictions',
      },
    };
  },
});
