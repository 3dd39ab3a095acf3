import { dayInProperty, type StatedMark } from '../domain/attestation.ts';
import { asAuditError } from '../domain/errors.ts';
import { freshnessOf } from '../domain/freshness-clock.ts';
import type { PageBatch, PageMaterial } from '../store/page-material.ts';
import { saveMarks } from '../store/verdicts.ts';
import { clockInput, clockSettings } from './clock-input.ts';
import { type Night, inRun } from './night.ts';
import { attestedBy } from './needed-by.ts';
import { pageBatches } from './page-batches.ts';

const DAY_MS = 86_400_000;

/**
 * Asks for the content property and the status of the runbooks that nothing else keeps fresh, where the settings say that these attest:
 * a request for each, and none for a runbook whose versions, labels and text are young enough.
 */
export async function readMarks(night: Night): Promise<void> {
  const { property, status } = attestedBy(night.settings);
  if (!property && !status) return;
  for await (const batch of pageBatches(night, { onlyRunbooks: true })) {
    for (const material of batch.pages.filter((each) => isSuspect(night, each, batch))) {
      const marks = await marksOf(night, material);
      if (marks !== null) await inRun(night, (tx) => saveMarks(tx, { pageId: material.page.id, marks }));
    }
  }
}

function isSuspect(night: Night, material: PageMaterial, batch: PageBatch): boolean {
  if (material.exempt || (material.rules['stale-runbook'] ?? null) === null) return false;
  const { property, statuses, warnDays, failDays } = clockSettings(material.rules);
  if (property === null && statuses.length === 0) return false;
  // What was told before is left out: it may have been taken away.
  const freshness = freshnessOf(clockInput({ ...material, marks: null }, batch, night.now()));
  if (!freshness.known) return true;
  return !(night.now().getTime() - Date.parse(freshness.at) < Math.min(warnDays, failDays) * DAY_MS);
}

/** Null where the page cannot be asked about: gone since it was listed, or refused. */
async function marksOf(night: Night, { page, rules }: PageMaterial): Promise<readonly StatedMark[] | null> {
  const { property, statuses } = clockSettings(rules);
  try {
    return [
      ...(property === null || page.contentType !== 'page' ? [] : await byProperty(night, page.id, property)),
      ...(statuses.length === 0 ? [] : await byStatus(night, page.id, statuses)),
    ];
  } catch (error) {
    const code = asAuditError(error)?.code;
    if (code !== 'not-found' && code !== 'forbidden' && code !== 'scope-missing') throw error;
    night.log.info('What may attest a runbook could not be read', { page: page.id, code });
    return null;
  }
}

async function byProperty({ confluence }: Night, pageId: string, name: string): Promise<StatedMark[]> {
  const day = dayInProperty(await confluence.propertyOf(pageId, name));
  return day === null ? [] : [{ kind: 'property', name, day }];
}

async function byStatus({ confluence }: Night, pageId: string, names: readonly string[]): Promise<StatedMark[]> {
  const status = await confluence.statusOf(pageId);
  const attests = status !== null && names.some((name) => name.toLowerCase() === status.name.toLowerCase());
  return attests ? [{ kind: 'status', name: status.name, day: status.at.slice(0, 10) }] : [];
}
