import { createV1Client, createV2Client } from 'confluence.js';
import { createClient } from 'confluence.js/core';
import { afterAll, expect } from 'vitest';
import { demoWorlds } from '../../src/simulator/seed.ts';
import { startSite } from '../../src/simulator/server.ts';

const NOW = new Date('2026-06-01T08:00:00.000Z');

interface Listed<Row> {
  readonly results?: readonly Row[] | undefined;
  readonly _links?: { readonly next?: string | undefined } | undefined;
}

/**
 * A client that we did not write, in front of the smallest demo site. It checks every answer against its own schemas and
 * throws where one does not fit, so each call also says that the shape is right. In the end nothing that it asked may
 * have been strange to the site. https://www.npmjs.com/package/confluence.js
 */
export async function openForeignClient() {
  const demo = demoWorlds({ now: NOW }).find(({ id }) => id === 'quietgrid');
  if (demo === undefined) throw new Error('no world named quietgrid');
  const { world, crew, traps } = demo;
  const site = await startSite({ world, now: () => NOW });
  afterAll(async () => {
    await site.close();
    expect(site.requests.length).toBeGreaterThan(0);
    expect(site.refused).toEqual([]);
  });
  const client = createClient({
    host: site.url,
    auth: { type: 'basic', email: demo.email, apiToken: demo.token },
  });

  /** Follows the cursors to the end, as the documents of the API say. */
  async function walk<Row>(read: (cursor: { cursor?: string }) => Promise<Listed<Row>>): Promise<Row[]> {
    const rows: Row[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 50; page += 1) {
      const { results, _links }: Listed<Row> = await read(cursor === null ? {} : { cursor });
      rows.push(...(results ?? []));
      cursor = new URL(_links?.next ?? '', site.url).searchParams.get('cursor');
      if (cursor === null) return rows;
    }
    throw new Error('the list does not end');
  }

  return {
    world,
    crew,
    v1: createV1Client(client),
    v2: createV2Client(client),
    walk,
    trap: (name: string): string => traps[name] ?? '',
    ops: Number(world.space('OPS').id),
  };
}
