import { resolvePage } from '../domain/page-settings.ts';
import { isExempt, isRunbook } from '../domain/scope.ts';
import { pagesToClassify } from '../store/pages-to-classify.ts';
import { saveProfiles } from '../store/verdicts.ts';
import { type Night, inRun } from './night.ts';
import { batchesOf } from './page-batches.ts';

/**
 * Works out for each page whether it is a runbook, whether it is exempt, and which rules with which options hold for it, and stores
 * that beside the page, so that rules written in SQL honour overrides too.
 */
export async function classify(night: Night): Promise<void> {
  const { settings } = night;
  for await (const batch of batchesOf(night, pagesToClassify)) {
    const profiles = new Map<string, { profileId: string; rules: object }>();
    const pages: Parameters<typeof saveProfiles>[1]['pages'][number][] = [];
    for (const page of batch) {
      const { profileId, rules } = resolvePage(settings, page);
      profiles.set(profileId, { profileId, rules });
      pages.push({
        pageId: page.id,
        isRunbook: isRunbook(page, settings.runbooks),
        exempt: isExempt(page, settings.exempt),
        profileId,
      });
      await night.breathe();
    }
    await inRun(night, (tx) => saveProfiles(tx, { profiles: [...profiles.values()], pages }));
  }
}
