import { createPageResolver } from '../domain/page-settings.ts';
import { isExempt, isRunbook } from '../domain/scope.ts';
import { type PageToClassify, type PageVerdict, pagesToClassify } from '../store/pages-to-classify.ts';
import { saveProfiles } from '../store/verdicts.ts';
import { type Night, inRun } from './night.ts';
import { batchesOf } from './page-batches.ts';
import { readAhead } from './read-ahead.ts';

/**
 * Works out for each page whether it is a runbook, whether it is exempt, and which rules with which options hold for it, and stores
 * that beside the page where it is not there yet, so that rules written in SQL honour overrides too.
 */
export async function classify(night: Night): Promise<void> {
  const verdictOn = createClassifier(night.settings);
  const withAncestors = asksForAncestors(night.settings);
  const stored = new Set<string>();
  for await (const batch of readAhead(batchesOf(night, (tx, ids) => pagesToClassify(tx, ids, { withAncestors })))) {
    const unknown = new Map<string, { profileId: string; rules: object }>();
    const changed: Parameters<typeof saveProfiles>[1]['pages'][number][] = [];
    for (const page of batch) {
      const { rules, ...verdict } = verdictOn(page);
      const { profileId } = verdict;
      if (!stored.has(profileId)) unknown.set(profileId, { profileId, rules });
      if (!isStored(verdict, page.stored)) changed.push({ pageId: page.id, ...verdict });
      await night.breathe();
    }
    if (unknown.size + changed.length === 0) continue;
    await inRun(night, (tx) => saveProfiles(tx, { profiles: [...unknown.values()], pages: changed }));
    for (const profileId of unknown.keys()) stored.add(profileId);
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

const asksForAncestors = ({ runbooks, pageOverrides }: Night['settings']): boolean =>
  runbooks.ancestors.length > 0 || pageOverrides.some(({ match }) => match.ancestors !== null);
