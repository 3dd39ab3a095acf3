import { createPageResolver } from '../domain/page-settings.ts';
import { isExempt, isRunbook } from '../domain/scope.ts';
import { type PageToClassify, type PageVerdict, pagesToClassify } from '../store/pages-to-classify.ts';
import { saveProfiles } from '../store/verdicts.ts';
import { type Night, inRun, read } from './night.ts';
import { idBatches } from './page-batches.ts';
import { readAhead } from './read-ahead.ts';

/**
 * Works out for each page whether it is a runbook, whether it is exempt, and which rules with which options hold for it, and stores
 * that beside the page where it is not there yet, so that rules written in SQL honour overrides too.
 */
export async function classify(night: Night): Promise<void> {
  const verdictOn = createClassifier(night.settings);
  const stored = new Set<string>();
  for await (const batch of readAhead(pages(night))) {
    const judged = batch.map((page) => ({ page, ...verdictOn(page) }));
    const profiles = new Map(judged.map(({ profileId, rules }) => [profileId, { profileId, rules }]));
    const unknown = [...profiles.values()].filter(({ profileId }) => !stored.has(profileId));
    const changed = judged.filter(({ page, ...verdict }) => !isStored(verdict, page.stored));
    if (unknown.length + changed.length === 0) continue;
    const verdicts = changed.map(({ page, isRunbook: runbook, exempt, profileId }) => ({
      pageId: page.id,
      isRunbook: runbook,
      exempt,
      profileId,
    }));
    await inRun(night, (tx) => saveProfiles(tx, { profiles: unknown, pages: verdicts }));
    for (const { profileId } of unknown) stored.add(profileId);
  }
}

const isStored = (verdict: PageVerdict, { isRunbook: runbook, exempt, profileId }: PageVerdict): boolean =>
  verdict.isRunbook === runbook && verdict.exempt === exempt && verdict.profileId === profileId;

/** What the settings make of a page. */
export function createClassifier(settings: Night['settings']) {
  const settingsOf = createPageResolver(settings);
  return (page: Omit<PageToClassify, 'stored'>) => ({
    ...settingsOf(page),
    isRunbook: isRunbook(page, settings.runbooks),
    exempt: isExempt(page, settings.exempt),
  });
}

async function* pages(night: Night) {
  const withAncestors = asksForAncestors(night.settings);
  for await (const ids of idBatches(night))
    yield await read(night, (tx) => pagesToClassify(tx, ids, { withAncestors }));
}

const asksForAncestors = ({ runbooks, pageOverrides }: Night['settings']): boolean =>
  runbooks.ancestors.length > 0 || pageOverrides.some(({ match }) => match.ancestors !== null);
