import { expect, it, vi } from 'vitest';
import { openPostgres } from '../database.ts';
import { given, tell } from './figures.ts';
import { createArithmeticSite, type Size } from './giants/arithmetic-site.ts';
import { type NightFigures, openGiant } from './giants/virtual-night.ts';

vi.setConfig({ testTimeout: 7_200_000 });

const DAY_MS = 86_400_000;
const PAGES = given('GIANT_PAGES', 100_000);
const LATENCY_MS = given('GIANT_LATENCY_MS', 1_000);
const PER_SECOND = given('GIANT_PER_SECOND', 10);

/** Metadata, labels that decide something, attachments, restrictions of runbooks. */
const WITHOUT_BODIES = Object.fromEntries(
  [
    'missing-sections',
    'missing-attachment',
    'secret-in-body',
    'missing-owner',
    'inactive-owner',
    'unresolved-comments',
    // Reads dates from the text.
    'stale-runbook',
  ].map((rule) => [rule, 'off']),
);
const SETTINGS = {
  rules: WITHOUT_BODIES,
  readers: { onCallGroups: ['sre-oncall'] },
  limits: { share: 1, maxConcurrency: 16 },
};

const even = (pages: number, spaces: number): number[] => Array.from({ length: spaces }, () => pages / spaces);

function lineOf(what: string, { result, seconds, requests, refused, cpu, serverCpu, peakMb }: NightFigures): string {
  const outcome = result === 'dead' ? 'killed' : result.outcome;
  const work = `${cpu.toFixed(1)} + ${serverCpu.toFixed(1)}`;
  return `| ${what} | ${outcome} | ${requests} | ${refused} | ${seconds.toFixed(0)} | ${work} | ${peakMb.toFixed(0)} |`;
}

/** The part of what a limit lets through in the busiest stretch of so many seconds that was used. */
const busiest = ({ sentAt }: NightFigures, seconds: number): number =>
  Math.max(...sentAt.map((from, index) => sentAt.slice(index).filter((at) => at < from + seconds).length)) /
  (seconds * PER_SECOND);

async function open(size: Size, settings: object = SETTINGS) {
  const database = await openPostgres();
  const site = createArithmeticSite(size);
  const limit = { perSecond: PER_SECOND, burst: PER_SECOND, retryAfter: 1 } as const;
  const tenant = await openGiant(database, { site, latencyMs: LATENCY_MS, limit, settings: { ...settings } });
  const close = async (): Promise<void> => {
    await tenant.close();
    await database.close();
  };
  return { ...tenant, site, database, close };
}

const HEAD = '| site | outcome | requests | 429 | seconds | CPU s, worker + Postgres | peak MB |';

it.each([
  ['10 spaces, 1.5 files a page', { spaces: even(PAGES, 10), attachments: PAGES * 1.5 }],
  ['10 spaces, half a file a page', { spaces: even(PAGES, 10), attachments: PAGES * 0.5 }],
  ['one space, no files', { spaces: [PAGES], attachments: 0 }],
] as const)(
  'a large tenant: a first night, a night of changes, and one on which everything is due (%s)',
  async (name, size) => {
    tell(
      `${PAGES} pages, an answer after ${LATENCY_MS} ms, ${PER_SECOND} requests a second allowed; seconds without work`,
    );
    tell(HEAD);
    const giant = await open(size);
    const first = await giant.night();
    tell(`${lineOf(`${name}, first`, first)} busiest minute: ${(busiest(first, 60) * 100).toFixed(0)} % of the limit`);
    expect(first.result).toMatchObject({ outcome: 'complete', pagesSeen: PAGES });
    giant.site.edit(PAGES / 100, giant.now());
    await giant.pass(DAY_MS);
    await giant.database.superuser(`update audit.space set listed_at = $1::timestamptz - interval '1 hour'`, [
      giant.now().toISOString(),
    ]);
    const changes = await giant.night();
    tell(lineOf(`${name}, changes`, changes));
    expect(changes.result).toMatchObject({ outcome: 'complete', pagesSeen: PAGES });
    await giant.pass(8 * DAY_MS);
    const all = await giant.night();
    tell(`${lineOf(`${name}, all due`, all)} busiest minute: ${(busiest(all, 60) * 100).toFixed(0)} % of the limit`);
    expect(all.result).toMatchObject({ outcome: 'complete', pagesSeen: PAGES });
    await giant.close();
  },
);

it('a worker of a giant space dies half way: another goes on where it stopped', async () => {
  const pages = given('GIANT_RESUME_PAGES', 1_000_000);
  const lists = pages / 250;
  // As many requests as the lists take and a few more: what is measured is the walk, not the judging behind it.
  const giant = await open(
    { spaces: [pages], attachments: 0 },
    { ...SETTINGS, limits: { ...SETTINGS.limits, requestsPerRun: lists + 12 } },
  );
  tell(`one space of ${pages} pages (${lists} list pages); the first worker dies half way`);
  tell(HEAD);
  const killed = await giant.night(new Map([[lists * 2, { does: 'die' }]]));
  tell(lineOf('until its death', killed));
  expect(killed.result).toBe('dead');
  const stored = async (): Promise<number> => {
    const [row] = await giant.database.superuser('select count(*)::int as pages from audit.page');
    return Number(row?.['pages']);
  };
  const before = await stored();
  expect(before).toBeGreaterThan(pages / 10);
  await giant.pass(60_000);
  const second = await giant.night();
  tell(lineOf('its successor', second));
  const [steps] = await giant.database.superuser(`
    select count(*)::int as steps, (sum(cardinality(ids)))::int as ids, pg_total_relation_size('audit.walk_step')::int as bytes
    from audit.walk_step`);
  tell(
    `${before} pages were stored at the death, ${await stored()} in the end; checkpoints and seen-set: ${JSON.stringify(steps)}`,
  );
  expect(await stored()).toBe(pages);
  tell(`list pages asked for: ${killed.lists} + ${second.lists}`);
  // One of each chain again, and one beyond the meeting.
  expect(killed.lists + second.lists).toBeLessThanOrEqual(lists + 4);
  await giant.close();
});
