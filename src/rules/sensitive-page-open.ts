import { z } from 'zod';
import { firstMatch } from '../domain/glob.ts';
import type { SpaceReaders } from '../domain/inventory.ts';
import { quoted } from '../domain/printable.ts';
import { BODY_UNREAD, defineRule, type PageView } from '../domain/rule.ts';

/**
 * Finds pages that are marked as sensitive, or show a secret, and that everybody may read: no viewing restriction on the way to the root,
 * in a space that is open to all users or to the public. What is open to a class of accounts is certain; a group that
 * everybody is in looks like any other, unless `everyoneGroups` names it. A label that only says what a page is about
 * (`security`) is best left out of `labels`.
 */
export default defineRule({
  id: 'sensitive-page-open',
  title: 'Sensitive page is open to everybody',
  why: 'Somebody marked the page as confidential, or it shows a secret, and nothing keeps anybody from reading it.',
  severity: 'critical',
  remediation: 'Restrict viewing of the page to those who need it, or take the label off where it is wrong.',
  explanation: [
    'A page that is marked as sensitive, or that certainly shows a secret, and that everybody may read: no viewing restriction on the way to the root, in a space that is open to all users or to the public.',
    'A space that is open to the public alone makes `confidence` `partial`, for the site may be closed to it. Where the permissions of the space or a restriction above the page could not be read: `skip`.',
  ],
  example:
    'The page carries the label "confidential" and has no viewing restriction, and its space is open to all users.',
  appliesTo: 'pages',
  options: z.strictObject({
    labels: z
      .array(z.string().min(1).max(1_000))
      .default(['confidential', 'sensitive', 'secret', 'restricted', 'strictly-*', 'pii'])
      .describe('Patterns for labels that mark a page as sensitive.'),
    secrets: z.boolean().default(true).describe('Whether pages that certainly show a secret count as sensitive.'),
    everyoneGroups: z.array(z.string().min(1)).default([]).describe('Ids of groups that everybody is in.'),
  }),
  needs: ['labels', 'restrictions', 'body', 'space-permissions'],
  *check({ labels, facts, restrictions, spaceReaders }, _context, options) {
    const mark = labels.find(({ name }) => firstMatch(options.labels, name.toLowerCase()) !== null)?.name ?? null;
    const shows = options.secrets && (facts?.secrets ?? []).some(({ certain }) => certain);
    if (mark === null && !shows) {
      if (facts === null && options.secrets) yield BODY_UNREAD;
      return;
    }
    if (isRestricted(restrictions)) return;
    if (spaceReaders === null || !restrictions.known || !restrictions.chainComplete) {
      const what = spaceReaders === null ? 'The permissions of the space' : 'Some restrictions above the page';
      yield { status: 'skip', reason: `${what} could not be read, so it is not known who may read the page.` };
      return;
    }
    const open = openTo(spaceReaders, options.everyoneGroups);
    if (open === null) return;
    const why = mark === null ? 'shows a secret' : `carries the label ${quoted(mark)}`;
    yield {
      reason: `The page ${why} and has no viewing restriction, and its space is open to ${open.words}.`,
      evidence: {
        readers: [...spaceReaders.classes, ...spaceReaders.groups.map((id) => `group ${id}`)].slice(0, 50),
        blocked_by_page_id: null,
        how_known: 'space-permissions',
        label: mark,
      },
      confidence: open.certain ? 'full' : 'partial',
    };
  },
});

const isRestricted = ({ chain }: PageView['restrictions']): boolean =>
  chain.some(({ read }) => read.users.length + read.groups.length > 0);

/** Who reads a space that is open; null where only some do. The public comes last: a site may be closed to it as a whole. */
function openTo(
  { classes, groups }: SpaceReaders,
  everyoneGroups: readonly string[],
): { readonly words: string; readonly certain: boolean } | null {
  const anonymous = classes.some((name) => /anonymous/i.test(name));
  const licensed = classes.some((name) => /all.*users/i.test(name)) || groups.some((id) => everyoneGroups.includes(id));
  if (licensed) return { words: anonymous ? 'all users and to people without an account' : 'all users', certain: true };
  return anonymous ? { words: 'people without an account', certain: false } : null;
}
