import { createPageResolver } from '../domain/page-settings.ts';
import { isExempt, isRunbook } from '../domain/scope.ts';
import { type PageToClassify, pagesToClassify } from '../store/pages-to-classify.ts';
import { type PageVerdict, type Profile, saveProfiles } from '../store/verdicts.ts';
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
    const unknown = new Map<string, Profile>();
    const changed: (PageVerdict & { readonly pageId: string })[] = [];
    for (const page of batch) {
      const { rules, verdict } = verdictOn(page);
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

const isStored = (verdict: PageVerdict, { isRunbook: runbook, exempt, profileId }: PageToClassify['stored']): boolean =>
  verdict.isRunbook === runbook && verdict.exempt === exempt && verdict.profileId === profileId;

/** What the settings make of a page, and the rules that hold for it. */
export function createClassifier(
  settings: Night['settings'],
): (page: Omit<PageToClassify, 'stored'>) => { readonly verdict: PageVerdict; readonly rules: Profile['rules'] } {
  const settingsOf = createPageResolver(settings);
  return (page) => {
    const { profileId, rules } = settingsOf(page);
    const { runbooks, exempt } = settings;
    return { verdict: { profileId, isRunbook: isRunbook(page, runbooks), exempt: isExempt(page, exempt) }, rules };
  };
}

const asksForAncestors = ({ runbooks, pageOverrides }: Night['settings']): boolean =>
  runbooks.ancestors.length > 0 || pageOverrides.some(({ match }) => match.ancestors !== null);
