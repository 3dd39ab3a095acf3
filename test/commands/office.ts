import { onTestFinished } from 'vitest';
import { startSite } from '../../src/simulator/server.ts';
import type { SimulatedSite } from '../../src/simulator/site.ts';
import type { GatewaySite } from '../../src/simulator/atlassian.ts';
import { createWorld, type World } from '../../src/simulator/world.ts';
import { soundRunbook } from '../sound-runbook.ts';
import { EMAIL, TOKEN } from '../canary/canary.ts';

const DAY_MS = 86_400_000;
/** Asked with a body, but they change nothing. */
const READS = new Set(['POST /wiki/api/v2/users-bulk', 'POST /wiki/rest/api/content/{id}/permission/check']);

export interface Office extends AsyncDisposable {
  readonly url: string;
  readonly world: World;
  readonly site: SimulatedSite & GatewaySite;
  /** The requests that changed something, or tried to. */
  readonly writes: () => readonly string[];
  /** How many pages carry our label. */
  readonly labelled: () => number;
  readonly close: () => Promise<void>;
}

/** A site with four runbooks, two of them stale, and so many notes; whoever opens it closes it. */
export async function startOffice({
  notes = 0,
  ...options
}: {
  anonymousAccess?: boolean;
  notes?: number;
} = {}): Promise<Office> {
  const now = Date.now();
  const ago = (days: number) => new Date(now - days * DAY_MS);
  const world = createWorld({ id: 'office', ...options });
  const auditor = world.addAccount({ displayName: 'Audit Bot', email: EMAIL, admin: true }).accountId;
  const by = world.addAccount({ displayName: 'Ann Example', email: 'ann@example.com' }).accountId;
  world.addCredential({ email: EMAIL, token: TOKEN, accountId: auditor });
  world.addGroup({ name: 'sre-oncall', members: [by] });
  for (const key of ['OPS', 'DOCS']) {
    world.addSpace({ key, name: `Space ${key}`, by, at: ago(900) });
    for (const [title, days] of [
      [`Restart ${key}`, 300],
      [`Extend ${key}`, 20],
    ] as const) {
      world.addPage({
        space: key,
        title,
        by,
        at: ago(days),
        body: soundRunbook('<p>Open the panel.</p>'),
        labels: ['runbook'],
      });
    }
  }
  for (let note = 1; note <= notes; note += 1) {
    world.addPage({ space: 'DOCS', title: `Note ${note}`, by, at: ago(10), body: '<p>So.</p>' });
  }
  const site = await startSite({ world });
  return {
    url: site.url,
    world,
    site,
    close: () => site.close(),
    [Symbol.asyncDispose]: () => site.close(),
    writes: () =>
      site.requests.flatMap(({ method, template }) => (method === 'GET' || READS.has(template) ? [] : template)),
    labelled: () => [...world.contents.values()].filter(({ labels }) => labels.has('global:docaudit-stale')).length,
  };
}

/** The same for one test. */
export async function openOffice(options?: Parameters<typeof startOffice>[0]): Promise<Office> {
  const office = await startOffice(options);
  onTestFinished(() => office.close());
  return office;
}
