import { freshnessOf } from '../domain/freshness-clock.ts';
import type { PageView } from '../domain/rule.ts';
import type { PageMaterial } from '../store/page-material.ts';
import { clockSettings } from './clock-settings.ts';

/** A page as the rules see it, with its freshness clock read at `now`. */
export function pageView(material: PageMaterial, now: Date): PageView {
  return {
    page: material.page,
    spaceKey: material.spaceKey,
    isRunbook: material.isRunbook,
    labels: material.labels,
    attachments: material.attachments,
    facts: material.facts,
    freshness: freshnessOf({
      page: material.page,
      labels: material.labels,
      humanVersion: material.humanVersion,
      accounts: material.accounts,
      ...clockSettings(material.rules),
      now,
    }),
    restrictions: { chain: material.chain, chainComplete: material.chainComplete, known: material.restrictionsKnown },
  };
}
