import { z } from 'zod';
import { readable } from '../world/lookup.ts';
import type { ArchiveJob } from '../world/model.ts';
import { canUpdate } from '../world/visibility.ts';
import { answer, type SimResponse, v1Error, v1Refused } from './answers.ts';
import type { Call, Route } from './route.ts';

const PAGES = z.strictObject({ pages: z.array(z.strictObject({ id: z.int() })).optional() });
const AT_ONCE = 300;

/** Why the site takes no job of so many pages now, or null. */
function refusalOf({ world }: Call, count: number): string | null {
  if (world.options.edition === 'free') return 'Archiving is not part of this edition.';
  if (count === 0) return 'No page is named.';
  if (count > AT_ONCE) return `At most ${AT_ONCE} pages can be archived at once.`;
  if (count > 1 && world.options.edition !== 'premium') return 'This edition archives one page at a time.';
  const running = [...world.archiveJobs.values()].find((job) => job.ended === null);
  if (running === undefined) return null;
  world.lookAtJob(running);
  return 'Pages are being archived already.';
}

function archive(call: Call): SimResponse {
  const ids = ((call.body as z.infer<typeof PAGES>).pages ?? []).map(({ id }) => String(id));
  const why = refusalOf(call, ids.length);
  if (why !== null) return v1Error(400, why);
  const pages = ids.map((id) => readable(call.world, call.who, id));
  // Measured; the documents promise a 400.
  if (pages.includes(null)) return v1Error(500, 'Internal server error');
  const found = pages.filter((page) => page !== null);
  const other = found.find(({ type, status }) => type !== 'page' || status !== 'current');
  if (other !== undefined) return v1Error(400, `The content with id ${other.id} is no page that can be archived.`);
  const closed = found.find((page) => !canUpdate(call.world, call.who, page));
  if (closed !== undefined) return v1Error(403, `The caller may not archive the page with id ${closed.id}.`);
  const job = call.world.startArchiving(ids, call.now);
  const ari = `ari:cloud:confluence:${call.world.cloudId}:long-task/${job.id}`;
  return answer(202, { ari, id: job.id, links: { status: `/rest/api/longtask/${job.id}` } });
}

function showJob(call: Call, { id, startedAt, ended }: ArchiveJob): SimResponse {
  const messages = (ended?.messages ?? []).map((translation) => ({ translation, args: [] }));
  return answer(200, {
    id,
    name: { key: 'com.atlassian.confluence.archive', args: [] },
    elapsedTime: call.now.getTime() - Date.parse(startedAt),
    percentageComplete: ended === null ? 50 : 100,
    finished: ended !== null,
    successful: ended !== null && messages.length === 0,
    messages,
    _links: { self: `${call.base}/rest/api/longtask/${id}`, base: call.base, context: '/wiki' },
  });
}

function lookAt(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  const job = call.world.archiveJobs.get(id);
  if (job === undefined) return v1Error(404, `No task has the id ${id}.`);
  call.world.lookAtJob(job);
  return showJob(call, job);
}

function systemInfo({ world, who, base }: Call): SimResponse {
  if (who.kind !== 'user' || !who.account.admin) return v1Refused('The caller may not view the system information.');
  const { edition } = world.options;
  return answer(200, { cloudId: world.cloudId, commitHash: '0', baseUrl: base, edition, siteTitle: world.id });
}

/** Archiving, its jobs, and the edition that decides about it: https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content/ */
export const archiveRoutes: readonly Route[] = [
  { method: 'POST', template: '/wiki/rest/api/content/archive', query: {}, body: PAGES, handle: archive },
  { method: 'GET', template: '/wiki/rest/api/longtask/{id}', query: {}, handle: lookAt },
  { method: 'GET', template: '/wiki/rest/api/settings/systemInfo', query: {}, handle: systemInfo },
];
