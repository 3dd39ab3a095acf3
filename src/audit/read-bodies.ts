import { paginate } from '../confluence/paginate.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { readBody } from '../domain/body-facts.ts';
import { asAuditError } from '../domain/errors.ts';
import type { ContentType, Page } from '../domain/inventory.ts';
import { type PageFacts, pagesNeedingBodies, saveFacts } from '../store/facts.ts';
import { type Night, inRun, read } from './night.ts';
import { logUnreadable } from './unreadable.ts';

/**
 * Reads the bodies of pages whose facts are missing or of another version, runbooks first, draws the facts, searches the text for
 * secrets and forgets it. Pages that do not answer (gone since they were listed) are left without facts, and rules skip them.
 */
export async function readBodies(night: Night): Promise<void> {
  for (const contentType of night.settings.content) await readBodiesOf(night, contentType);
}

async function readBodiesOf(night: Night, contentType: ContentType): Promise<void> {
  const wanted = await read(night, (tx) =>
    pagesNeedingBodies(tx, night.run, {
      contentType,
      factsVersion: night.factsVersion,
      again: night.full,
      // What exempt pages point to counts where links are followed.
      exempt: night.needs.has('links'),
    }),
  );
  let done = 0;
  let lost = 0;
  const total = wanted.length === 0 ? 0 : (wanted.length - 1) * ROWS.list + (wanted.at(-1) ?? '').split(' ').length;
  /** What a group was halved into comes before the next group. */
  const parts: (readonly string[])[] = [];
  const next = (): readonly string[] | undefined => parts.shift() ?? wanted.shift()?.split(' ');
  for (let ids = next(); ids !== undefined; ids = next()) {
    try {
      const { saved, invalid } = await readSome(night, contentType, ids);
      done += saved;
      lost += invalid;
    } catch (error) {
      // One body that nobody can read, or that is larger than the caps, must not cost the others of its list.
      const code = asAuditError(error)?.code;
      if (code !== 'response-too-large' && code !== 'response-invalid') throw error;
      const half = Math.ceil(ids.length / 2);
      if (ids.length > 1) parts.unshift(ids.slice(0, half), ids.slice(half));
      else lost += 1;
      if (ids.length === 1) night.log.warn('A body could not be read', { page: ids[0], code });
    }
    night.progress('bodies', done, total);
  }
  if (lost > 0) {
    const detail = `${lost} bodies could not be read; the rules that need them say so.`;
    night.shortfalls.push({ reason: 'unexpected', detail });
  }
}

async function readSome(
  night: Night,
  contentType: ContentType,
  ids: readonly string[],
): Promise<{ saved: number; invalid: number }> {
  let saved = 0;
  let invalid = 0;
  for await (const list of paginate((cursor) =>
    night.confluence.pagesById({ contentType, ids, withBody: true, statuses: ['current'], cursor }),
  )) {
    const rows: PageFacts[] = [];
    for (const page of list.items) {
      rows.push(...(await factsOf(night, page)));
      await night.breathe();
    }
    await inRun(night, (tx) => saveFacts(tx, { factsVersion: night.factsVersion, rows }));
    logUnreadable(night, 'bodies', list.invalid);
    saved += rows.length;
    invalid += list.invalid.length;
  }
  return { saved, invalid };
}

async function factsOf({ scanBody, probes }: Night, { id, version, body }: Page): Promise<PageFacts[]> {
  if (body === undefined) return [];
  const { facts, text } = readBody(body, probes);
  return [{ pageId: id, versionNumber: version.number, facts: { ...facts, secrets: await scanBody(text) } }];
}
