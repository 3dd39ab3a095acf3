import { onTestFinished } from 'vitest';
import { startSite } from '../../src/simulator/server.ts';
import { createWorld } from '../../src/simulator/world.ts';
import type { WorldOptions } from '../../src/simulator/world/model.ts';
import { only, PUBLIC } from '../../src/simulator/world/spaces.ts';

export const NOW = new Date('2026-06-01T08:00:00.000Z');
export const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);

const basic = (email: string, token: string): string => `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // The tests say themselves what they expect of a body.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/**
 * A site with a handful of pages: `ops` (read by everyone), `docs` (public), `board` (closed to the audit account);
 * in `ops` a home page, a runbook below it, a live doc and a restricted branch.
 */
export async function smallSite(options: Partial<WorldOptions> = {}) {
  const world = createWorld({ id: 'small', ...options });
  const audit = world.addAccount({ displayName: 'Audit', email: 'audit@small.example', admin: true });
  const ines = world.addAccount({ displayName: 'Ines Aluko', email: 'ines@small.example' });
  const bot = world.addAccount({ displayName: 'Deploy Bot', accountType: 'app' });
  world.addCredential({ email: 'audit@small.example', token: 'secret', accountId: audit.accountId });
  world.addCredential({ email: 'ines@small.example', token: 'hers', accountId: ines.accountId });
  const onCall = world.addGroup({ name: 'sre-oncall', members: [ines.accountId] });
  const leads = world.addGroup({ name: 'leads', members: [audit.accountId] });

  const by = ines.accountId;
  const at = daysAgo(100);
  world.addSpace({ key: 'OPS', name: 'Operations', by, at });
  world.addSpace({ key: 'DOCS', name: 'Product docs', by, at, readers: PUBLIC });
  world.addSpace({ key: 'BOARD', name: 'Board', by, at, readers: only([by]) });
  const home = world.addHomepage({ space: 'OPS', title: 'Operations home', by, at });
  const runbook = world.addPage({
    space: 'OPS',
    title: 'Queue runbook',
    by,
    at,
    parentId: home.id,
    body: '<p>Drain it.</p>',
    labels: ['runbook'],
  });
  const live = world.addPage({ space: 'OPS', title: 'Live notes', by, at, parentId: home.id, subtype: 'live' });
  const locked = world.addPage({ space: 'OPS', title: 'Leads only', by, at, parentId: home.id });
  world.setReadRestriction(locked.id, { groups: [leads.id] });
  const below = world.addPage({ space: 'OPS', title: 'Below leads only', by, at, parentId: locked.id });
  const open = world.addPage({ space: 'DOCS', title: 'Public guide', by, at });
  const secret = world.addPage({ space: 'BOARD', title: 'Board minutes', by, at });

  let now = NOW;
  const site = await startSite({ world, now: () => now });
  onTestFinished(() => site.close());

  /** Asks as the audit account unless told otherwise; `as: null` brings no credential. */
  const ask = async (
    target: string,
    request: { method?: string; as?: string | null; json?: unknown } = {},
  ): Promise<Reply> => {
    const { method = 'GET', as = basic('audit@small.example', 'secret'), json } = request;
    const response = await fetch(site.url + target, {
      method,
      redirect: 'manual',
      headers: {
        ...(as === null ? {} : { authorization: as }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json' && text !== '';
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
  };

  return {
    site,
    world,
    ask,
    asInes: basic('ines@small.example', 'hers'),
    setNow: (then: Date): void => {
      now = then;
    },
    audit,
    ines,
    bot,
    onCall,
    leads,
    pages: { home, runbook, live, locked, below, open, secret },
  };
}

/** The ids of the rows of a list answer, in order. */
export const idsOf = (reply: Reply): string[] => (reply.body.results as { id: string }[]).map((row) => row.id);
