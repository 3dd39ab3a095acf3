import { setTimeout as sleep } from 'node:timers/promises';
import { createV1Client, createV2Client, isRateLimitError } from 'confluence.js';
import { createClient } from 'confluence.js/core';
import pLimit from 'p-limit';
import { readOrder, tellHaul } from './order.ts';

// An auditor as it is usually written: lists spaces and pages, then asks four questions about each page. It knows the
// limit of the site and keeps to it exactly, sixteen requests at a time.
const { site, email, token, perSecond } = readOrder();
const client = createClient({ host: site, auth: { type: 'basic', email, apiToken: token }, retry: { maxAttempts: 3 } });
const v1 = createV1Client(client);
const v2 = createV2Client(client);
const atOnce = pLimit(16);

function createTurnstile(everyMs: number) {
  let next = performance.now();
  return async (): Promise<void> => {
    const mine = Math.max(next, performance.now());
    next = mine + everyMs;
    await sleep(mine - performance.now());
  };
}
const turn = createTurnstile(1_000 / perSecond);

async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    await turn();
    try {
      return await question();
    } catch (error) {
      if (!isRateLimitError(error) || attempt === 10) throw error;
      await sleep(error.retryAfterMs ?? 1_000);
    }
  }
}

interface Listed<Row> {
  readonly results?: readonly Row[] | undefined;
  readonly _links?: { readonly next?: string | undefined } | undefined;
}

async function all<Row>(list: (at: { cursor?: string; limit: number }) => Promise<Listed<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const at: { cursor?: string; limit: number } = { limit: 250, ...(cursor === null ? {} : { cursor }) };
    const { results, _links }: Listed<Row> = await ask(() => list(at));
    rows.push(...(results ?? []));
    cursor = new URL(_links?.next ?? '', site).searchParams.get('cursor');
  } while (cursor !== null);
  return rows;
}

const EXPAND = ['restrictions.user', 'restrictions.group'];

async function look(page: { id: string }) {
  const id = Number(page.id);
  const [labels, attachments, versions, access] = await Promise.all([
    atOnce(() => all((at) => v2.label.getPageLabels({ id, ...at }))),
    atOnce(() => all((at) => v2.attachment.getPageAttachments({ id, ...at }))),
    atOnce(() => all((at) => v2.version.getPageVersions({ id, ...at }))),
    atOnce(() => ask(() => v1.contentRestrictions.getRestrictionsByOperation({ id: page.id, expand: EXPAND }))),
  ]);
  const { user, group } = access.read?.restrictions ?? {};
  const restricted = (user?.results.length ?? 0) + (group?.results.length ?? 0) > 0;
  return { labels: labels.length, attachments: attachments.length, versions: versions.length, restricted };
}

const spaces = await all((at) => v2.space.getSpaces(at));
const pages = (
  await Promise.all(
    spaces.map((space) => atOnce(() => all((at) => v2.page.getPages({ spaceId: [Number(space.id)], ...at })))),
  )
).flat();
const seen = await Promise.all(pages.map((page) => look({ id: String(page.id) })));
const sum = (key: 'labels' | 'attachments' | 'versions'): number => seen.reduce((total, one) => total + one[key], 0);
tellHaul({
  pages: pages.length,
  labels: sum('labels'),
  restricted: seen.filter(({ restricted }) => restricted).length,
  attachments: sum('attachments'),
  versions: sum('versions'),
});
