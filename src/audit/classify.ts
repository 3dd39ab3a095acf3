import { createPageResolver } from '../domain/page-settings.ts';
import { isExempt, isRunbook } from '../domain/scope.ts';
import { type PageToClassify, pagesToClassify } from '../store/pages-to-classify.ts';
import { saveProfiles } from '../store/verdicts.ts';
import { type Night, inRun, read } from './night.ts';
import { idBatches } from './page-batches.ts';
import { readAhead } from './read-ahead.ts';

/**
 * Works out for each page whether it is a runbook, whether it is exempt, and which rules with which options hold for it, and stores
 * that beside the page, so that rules written in SQL honour overrides too.
 */
export async function classify(night: Night): Promise<void> {
  const verdictOn = createClassifier(night.settings);
  for await (const batch of readAhead(pages(night))) {
    const profiles = new Map<string, { profileId: string; rules: object }>();
    const verdicts = batch.map((page) => {
      const { rules, ...verdict } = verdictOn(page);
      profiles.set(verdict.profileId, { profileId: verdict.profileId, rules });
      return { pageId: page.id, ...verdict };
    });
    await inRun(night, (tx) => saveProfiles(tx, { profiles: [...profiles.values()], pages: verdicts }));
  }
}

/** What the settings make of a page. */
export function createClassifier(settings: Night['settings']) {
  const settingsOf = createPageResolver(settings);
  return (page: PageToClassify) => ({
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
