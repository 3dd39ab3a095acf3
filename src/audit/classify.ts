import { resolvePage } from '../domain/page-settings.ts';
import { isExempt, isRunbook } from '../domain/scope.ts';
import { pagesToClassify } from '../store/pages-to-classify.ts';
import { saveProfiles } from '../store/verdicts.ts';
import { type Night, inRun, read } from './night.ts';

/**
 * Works out for each page whether it is a runbook, whether it is exempt, and which rules with which options hold for it, and stores
 * that beside the page, so that rules written in SQL honour overrides too.
 */
export async function classify(night: Night): Promise<void> {
  const { settings, run } = night;
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after;
    const batch = await read(night, (tx) => pagesToClassify(tx, run, from));
    const profiles = new Map<string, { profileId: string; rules: object }>();
    const pages = batch.pages.map((page) => {
      const { profileId, rules } = resolvePage(settings, page);
      profiles.set(profileId, { profileId, rules });
      return {
        pageId: page.id,
        isRunbook: isRunbook(page, settings.runbooks),
        exempt: isExempt(page, settings.exempt),
        profileId,
      };
    });
    await inRun(night, (tx) => saveProfiles(tx, { profiles: [...profiles.values()], pages }));
    after = batch.next;
  }
}
