import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createWorld } from '../../src/simulator/world.ts';
import { soundRunbook } from '../sound-runbook.ts';
import type { Ground } from '../../src/app.ts';
import type { AuditResult } from '../../src/domain/audit-result.ts';
import { nightShiftOnServer, type NightShift, type Tenant } from '../night-shift.ts';
import { knownOf } from './known-of.ts';
import { type Happening, happen, someDays } from './random-history.ts';

/** Runs, of four histories side by side each; `HISTORY_RUNS=75 HISTORY_SEED=7` for a long one, `HISTORY_SHRINK=1` to make what fails shorter. */
const RUNS = Number(process.env['HISTORY_RUNS'] ?? 1);
const SEED = Number(process.env['HISTORY_SEED'] ?? 20_261_123);
const SHRINK = process.env['HISTORY_SHRINK'] !== undefined;

interface Settings {
  readonly rules: Readonly<Record<string, object | 'off'>>;
  readonly content?: readonly string[];
}

const SPACES = ['OPS', 'DOCS', 'ENG'];
const READERS = { onCallGroups: ['sre-oncall'] };
const RULES: Settings['rules'] = {
  'broken-page-link': {},
  'duplicate-title': {},
  'single-reader': {},
  'oversize-attachment': {},
};
const OVER_LISTS: Settings['rules'] = {
  'archived-but-linked': {},
  'broken-include': {},
  'orphan-page': {},
  'sensitive-page-open': {},
  'anonymous-space': {},
  'bus-factor-one': { minDays: 1 },
};
/** What the rules look at decides what a night reads. */
const WAYS: readonly Settings[] = [
  { rules: { ...RULES, 'stale-page': 'off' } },
  // The labels of every page are needed.
  { rules: { ...RULES, 'stale-page': {} } },
  // The archive, permissions and writers are.
  { rules: { ...RULES, ...OVER_LISTS } },
  { rules: { ...RULES, 'stale-page': 'off' }, content: ['page', 'blogpost'] },
];

type Listing = NonNullable<Ground['listing']>;
/** A small wiki is treated like a large one: lists of changes, only some pages searched, lists walked from both ends. */
const someListing: fc.Arbitrary<Listing> = fc.record({
  worthRequests: fc.constant(-1),
  few: fc.constantFrom(0, 1000),
  long: fc.constantFrom(0, 64),
});

/** A wiki of three spaces with a folder in each; in the audit account's eyes every page is open. */
function wiki(clock: NightShift['clock'], { content }: Settings) {
  const posts = content?.includes('blogpost') === true;
  const world = createWorld({ id: 'history', firstId: 70_000 });
  const person = (displayName: string) => world.addAccount({ displayName }).accountId;
  const people = [person('Ann Example'), person('Ben Example')];
  const bot = world.addAccount({ displayName: 'Sync', accountType: 'app' }).accountId;
  const group = world.addGroup({ name: 'sre-oncall', members: people }).id;
  const by = people[0] ?? '';
  for (const [place, space] of SPACES.entries()) {
    world.addSpace({ key: space, name: space, by, at: clock.ago(900) });
    const parentId = world.addHomepage({ space, title: `${space} home`, by, at: clock.ago(900) }).id;
    const folder = world.addFolder({ space, title: 'Shelf', by, at: clock.ago(800), parentId }).id;
    for (let index = 1; index <= 6; index += 1)
      world.addPage({
        space,
        title: `${index % 2 === 0 ? 'Runbook' : 'Page'} ${space} ${index}`,
        by,
        at: clock.ago(1 + ((place * 97 + index * 61) % 400)),
        parentId: index % 3 === 0 ? folder : parentId,
        body: soundRunbook('<p>Go.</p>'),
        labels: index === 5 ? ['runbook'] : [],
      });
    if (posts) world.addBlogPost({ space, title: `Runbook news ${space}`, by, at: clock.ago(200), body: '<p>So.</p>' });
  }
  return { world, actors: { people, bot, group, spaces: SPACES, posts } };
}

/** Tenants that are set alike, each with a wiki of its own kind; the same happens on all of them. */
async function open(shift: NightShift) {
  const made = WAYS.map((settings) => ({
    settings: { ...settings, readers: READERS },
    ...wiki(shift.clock, settings),
  }));
  const tenants: Tenant[] = [];
  for (const { world, settings } of made) tenants.push(await shift.tenant(world, settings));
  return made.map(({ world, settings, actors }, index) => {
    const tenant = tenants[index] as Tenant;
    return { world, settings, tenant, actors: { ...actors, auditor: tenant.auditor, left: { purges: 3 } } };
  });
}

const whole = (results: readonly AuditResult[]): void => {
  for (const result of results) expect(result).toMatchObject({ outcome: 'complete', reason: null });
};

/** Nights after these days, and then a week of nights without any. Returns what is known then, and what new tenants find out. */
async function live(shift: NightShift, days: readonly (readonly Happening[])[], listing: Listing) {
  const scenes = await open(shift);
  const tenants = scenes.map(({ tenant }) => tenant);
  const night = async () => whole(await shift.nights(tenants, { mode: 'plan', listing }));
  await night();
  for (const day of days) {
    for (const happening of day) {
      shift.clock.pass({ seconds: 3600 });
      for (const { world, actors } of scenes) happen(world, actors, happening, shift.clock.now());
    }
    shift.clock.pass({ seconds: (24 - day.length) * 3600 });
    await night();
  }
  for (let rest = 0; rest < 7; rest += 1) {
    shift.clock.pass({ days: 1 });
    await night();
  }
  for (const { site } of tenants)
    expect(site.requests.filter(({ query }) => query.includes('-modified-date')).length).toBeGreaterThan(6);
  const fresh: Tenant[] = [];
  for (const { world, settings } of scenes) fresh.push(await shift.tenant(world, settings));
  whole(await shift.nights(fresh, { mode: 'plan', full: true }));
  const known = (of: readonly Tenant[]) => Promise.all(of.map(({ id }) => knownOf(shift.database(), id)));
  const both = [await known(tenants), await known(fresh)] as const;
  await Promise.all([...tenants, ...fresh].map(({ site }) => site.close()));
  return both;
}

nightShiftOnServer('nights that list what changed', (shift) => {
  it(
    'know after a week of rest what a tenant finds out that looks for the first time, whatever happened before',
    async () => {
      await fc.assert(
        fc.asyncProperty(someDays, someListing, async (days, listing) => {
          const [thrifty, fresh] = await live(shift, days, listing);
          expect(thrifty).toEqual(fresh);
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: !SHRINK },
      );
    },
    RUNS * 120_000,
  );
});
