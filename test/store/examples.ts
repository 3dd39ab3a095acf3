import { sql } from 'drizzle-orm/sql';
import type { Attachment, Page, Space } from '../../src/domain/inventory.ts';
import type { Store } from '../../src/store/db.ts';
import { type PageMaterial, readPages } from '../../src/store/page-material.ts';
import { idsOfSteps, seenSteps } from '../../src/store/seen-pages.ts';
import { claimRun, type Run, type RunRequest } from '../../src/store/runs.ts';
import { upsertTenant } from '../../src/store/tenants.ts';
import { saveStep } from '../../src/store/walk.ts';

/** A page that differs from others only where the test says so. */
export const examplePage = (changes: Partial<Page> & { id: string }): Page => ({
  spaceId: 'S1',
  contentType: 'page',
  status: 'current',
  subtype: null,
  title: `Page ${changes.id}`,
  parentId: null,
  parentType: null,
  authorId: 'ann',
  ownerId: 'ann',
  createdAt: '2024-01-01T00:00:00.000Z',
  version: { number: 3, createdAt: '2025-02-03T04:05:06.789Z', authorId: 'bob', minorEdit: false },
  webui: `/spaces/OPS/pages/${changes.id}`,
  ...changes,
});

export const exampleAttachment = (changes: Partial<Attachment> & { id: string }): Attachment => ({
  pageId: '1',
  title: `${changes.id}.pdf`,
  mediaType: 'application/pdf',
  fileSize: 1234,
  status: 'current',
  version: { number: 1, createdAt: '2025-01-01T00:00:00.000Z', authorId: 'ann', minorEdit: false },
  ...changes,
});

export const exampleSpace = (changes: Partial<Space> & { id: string; key: string }): Space => ({
  name: `Space ${changes.key}`,
  type: 'global',
  status: 'current',
  homepageId: null,
  ownerId: null,
  ...changes,
});

const request: RunRequest = {
  runId: 'run-1',
  owner: 'worker-1',
  job: 'audit',
  mode: 'plan',
  trigger: 'manual',
  full: false,
  onlySpaces: null,
  planId: null,
  configHash: 'c0ffee',
};

/** A tenant as the settings tell the database of it. */
export const exampleTenant = (tenantId: string) => ({
  tenantId,
  site: `https://${tenantId}.atlassian.net`,
  enabled: true,
  tags: {},
  authType: 'basic',
  tokenExpiresAt: null,
  cron: null,
  timezone: null,
});

/** Registers a tenant and begins a run of it. */
export async function beginRun(store: Store, tenantId: string, changes: Partial<RunRequest> = {}): Promise<Run> {
  return store.withTenant(tenantId, async (tx) => {
    await upsertTenant(tx, exampleTenant(tenantId));
    const claim = await claimRun(tx, { ...request, ...changes, leaseSeconds: 45 });
    if (!claim.claimed) throw new Error(`The run is held until ${claim.until}.`);
    return claim.run;
  });
}

/** Begins a run of the tenant that has listed the pages with these ids. */
export async function listedRun(store: Store, tenantId: string, ids: readonly string[]): Promise<Run> {
  const run = await beginRun(store, tenantId);
  await store.withTenant(tenantId, (tx) =>
    saveStep(tx, { runId: run.runId, walk: 'pages:S1', step: 0, nextCursor: null, ids }),
  );
  return run;
}

/** All pages that the tenant's example run has listed, as rules would see them. */
export const readAll = (store: Store, tenantId: string): Promise<readonly PageMaterial[]> =>
  store.withTenant(tenantId, async (tx) => {
    const ids = await idsOfSteps(tx, request, await seenSteps(tx, request));
    const every = { factsVersion: 1, onlyRunbooks: false, chainsOf: 'every page' } as const;
    return (await readPages(tx, { ...every, ids, run: request })).pages;
  });

/** A clock for statements that a test can set. */
export function settableClock(start: string) {
  let at = start;
  return {
    now: () => sql`${at}::timestamptz`,
    set: (next: string) => {
      at = next;
    },
  };
}
