import { resolvePage } from '../domain/page-settings.ts';
import { isExempt, isRunbook } from '../domain/scope.ts';
import { pagesToClassify, saveClasses } from '../store/classes.ts';
import { type Night, inRun, read } from './night.ts';

/**
 * Works out for each page whether it is a runbook, whether it is exempt, and which rules with which options hold for it, and stores
 * that beside the page, so that rules written in SQL honour overrides too.
 */
export async function classify(night: Night): Promise<void> {
  const { settings } = night;
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after;
    const batch = await read(night, (tx) => pagesToClassify(tx, night.run, from));
    const profiles = new Map<string, unknown>();
    const classes = batch.pages.map((page) => {
      const profile = resolvePage(settings, page);
      profiles.set(profile.profileId, profile.rules);
      return {
        pageId: page.pageId,
        isRunbook: isRunbook(page, settings.runbooks),
        exempt: isExempt(page, settings.exempt),
        profileId: profile.profileId,
      };
    });
    await inRun(night, (tx) => saveClasses(tx, night.run, classes, profiles));
    after = batch.next;
  }
}
