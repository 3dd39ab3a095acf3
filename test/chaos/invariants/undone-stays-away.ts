import type { Facts } from '../facts.ts';
import { UNDONE } from '../shifts/list.ts';
import type { Wiki } from '../wiki.ts';
import type { Invariant } from './invariant.ts';
import { type SiteWrite, templateIn, writesTo } from './writes.ts';

export const undoneStaysAway: Invariant = {
  id: 'I10',
  promise: 'what an undo took back is off the site, and stays off while nobody changes the page',
  broken: (facts) =>
    facts.scenario.work === 'undo' ? facts.wikis.flatMap((wiki) => [...left(facts, wiki), ...again(facts, wiki)]) : [],
};

/** The first process that works after the undo. */
const AFTERWARDS = 'plan-4';

/** What the run that was taken back had put on pages that people left alone since. */
function puts(facts: Facts, { name, changes }: Wiki): readonly SiteWrite[] {
  const begun = facts.calls.find(({ worker }) => worker === UNDONE)?.sentAt ?? 0;
  const since = new Set(changes.flatMap(({ pageId, at }) => (at >= facts.begin + begun ? pageId : [])));
  return writesTo(facts, name).filter(
    ({ worker, verb, done, pageId }) => worker === UNDONE && verb === 'put' && done && !since.has(pageId ?? ''),
  );
}

const left = (facts: Facts, wiki: Wiki): string[] =>
  puts(facts, wiki).flatMap((write) => {
    const page = wiki.world.contents.get(write.pageId ?? '');
    // No API brings a page back from the archive, and what stands on it stays with it.
    if (page === undefined || page.status === 'archived' || !stands(wiki, write)) return [];
    return [`${wiki.name}: ${write.kind} ${write.mark} of page ${page.id} is still there after the undo`];
  });

function stands({ world }: Wiki, { kind, mark, pageId }: SiteWrite): boolean {
  const page = world.content(pageId ?? '');
  if (kind === 'label') return page.labels.has(`global:${mark}`);
  if (kind === 'property') return page.properties.has(mark);
  if (kind === 'comment') return world.commentsOf(page.id).some(({ body }) => templateIn(body) === mark);
  // A page whose title somebody has given to another one cannot come back.
  return kind === 'trash' && page.status === 'trashed' && !world.isTitleTaken(page.spaceId, page.title, page.id);
}

function again(facts: Facts, wiki: Wiki): string[] {
  const from = facts.calls.find(({ worker }) => worker === AFTERWARDS)?.sentAt ?? Number.POSITIVE_INFINITY;
  const undone = new Set(puts(facts, wiki).map(({ kind, pageId, mark }) => `${kind} ${pageId} ${mark}`));
  return writesTo(facts, wiki.name)
    .filter(
      ({ verb, sentAt, kind, pageId, mark }) =>
        verb === 'put' && sentAt >= from && undone.has(`${kind} ${pageId} ${mark}`),
    )
    .map(({ worker, what }) => `${worker}: ${what} of ${wiki.name}, which had been undone`);
}
