import { type Wiki, OUR_LABEL } from '../wiki.ts';
import type { Invariant } from './invariant.ts';
import { OUR_PROPERTY, templateIn } from './writes.ts';

export const siteAsLedger: Invariant = {
  id: 'I3',
  promise: 'what was written stands on the site exactly once, the ledger knows of it, and nothing is left open in it',
  broken: (facts) =>
    facts.wikis.flatMap((wiki) => {
      const rows = facts.inspection.ledger.filter(({ tenant }) => tenant === wiki.name);
      const lasting = new Set(
        rows
          .filter(({ state, undoneBy }) => state === 'done' && undoneBy === null)
          .map(({ action, page, mark }) => `${action} ${page} ${mark}`),
      );
      const open = rows.filter(({ state }) => state === 'intent' || state === 'unknown');
      return [
        ...open.map(({ action, page, state }) => `the ledger of ${wiki.name} has ${action} of ${page} as ${state}`),
        ...wiki.currentPages().flatMap(({ id }) => (wiki.disputed.has(id) ? [] : marksOf(wiki, id, lasting))),
        ...removals(wiki, lasting),
      ];
    }),
};

/** Marks of one page: what stands there against what the ledger says. */
function marksOf({ world, name, auditor }: Wiki, id: string, lasting: ReadonlySet<string>): string[] {
  const { labels, properties } = world.content(id);
  const comments = world.commentsOf(id).flatMap(({ authorId, body }) => (authorId === auditor ? templateIn(body) : []));
  const there: readonly (readonly [what: string, times: number])[] = [
    [`add-label ${id} ${OUR_LABEL}`, labels.get(`global:${OUR_LABEL}`)?.by === auditor ? 1 : 0],
    [`add-property ${id} ${OUR_PROPERTY}`, properties.has(OUR_PROPERTY) ? 1 : 0],
    ...['stale-owner', 'findings-owner'].map(
      (template) => [`add-comment ${id} ${template}`, comments.filter((one) => one === template).length] as const,
    ),
  ];
  return there.flatMap(([what, times]) => {
    const told = lasting.has(what) ? 1 : 0;
    return times === told ? [] : [`${name}: ${what} stands there ${times} times, the ledger says ${told}`];
  });
}

/** Pages that are in the archive or in the trash though no person put them there, against the ledger; and the other way round. */
function removals({ world, name, changes }: Wiki, lasting: ReadonlySet<string>): string[] {
  const byPeople = new Set(
    changes.flatMap(({ pageId, deed }) => (['trash', 'purge', 'archive', 'bring back'].includes(deed) ? pageId : [])),
  );
  return [...world.contents.values()].flatMap(({ id, type, status }) => {
    if (type !== 'page' || byPeople.has(id)) return [];
    const told = ['archive', 'trash'].filter((action) => lasting.has(`${action} ${id} `));
    const gone = status !== 'current';
    if (gone === told.length > 0) return [];
    return [`${name}: page ${id} is ${status}, the ledger says ${told.join() || 'nothing'}`];
  });
}
