import { sql } from 'drizzle-orm/sql';
import { composeHouse, type Ground } from '../../src/app.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createProgress } from '../../src/runtime/progress.ts';
import { createRandom, type Random } from '../../src/simulator/seed/random.ts';
import { createSite } from '../../src/simulator/site.ts';
import { createStore } from '../../src/store/db.ts';
import { createChance } from './chance.ts';
import { createMortalDriver } from './driver.ts';
import { createEvidence, type Evidence } from './evidence.ts';
import { createLife, type Deed, type Life } from './life.ts';
import type { NightNote } from './note-night.ts';
import type { Scenario } from './scenario.ts';
import { originOf, type Theatre, wikiOf, witnessOf } from './theatre.ts';
import { createTime, type Time } from './time.ts';
import { createTrace, type Trace } from './trace.ts';
import { createWire } from './wire.ts';
import { buildWiki, type Wiki } from './wiki.ts';
import { type Done, doWork, type Work } from './work.ts';

const START = '2026-11-02T02:00:00.000Z';
/** One night ends within this time of the simulated world, all waits included. */
const NIGHT_BOUND_MS = 3 * 3_600_000;

export const NIGHT: Work = { job: 'audit', mode: 'apply' };

type Site = ReturnType<typeof createSite>['site'];

/** How a process ended: with results, with an error of its own, or by death. */
export type Ended =
  | ({ readonly how: 'ended' } & Done)
  | { readonly how: 'failed'; readonly error: unknown }
  | { readonly how: 'dead' };

/** A process that works for its tenants, once. */
export interface Worker {
  readonly life: Life;
  readonly ended: Promise<Ended>;
}

/** The world of one seed. */
export interface Stage {
  readonly scenario: Scenario;
  readonly theatre: Theatre;
  readonly time: Time;
  readonly trace: Trace;
  readonly random: Random;
  readonly evidence: Evidence;
  readonly notes: NightNote[];
  /** Faults of sites, in words. */
  readonly armed: string[];
  readonly wikis: readonly Wiki[];
  readonly sites: ReadonlyMap<string, Site>;
  /** By how many milliseconds the clock of the database is off; may be changed. */
  readonly offsets: { database: number; worker: number };
  readonly start: (name: string, options?: WorkerOptions) => Worker;
  /** Lets time go on until the work has ended. */
  readonly play: <T>(work: Promise<T>) => Promise<T>;
  /** Lets so much time pass. */
  readonly pass: (ms: number) => Promise<void>;
}

interface WorkerOptions {
  /** An audit that writes unless something else is said. */
  readonly work?: Work;
  readonly deeds?: ReadonlyMap<number, Deed>;
  /** Audits the same sites as other tenants that nobody has audited before, and writes nothing. */
  readonly witness?: boolean;
}

export async function openStage(theatre: Theatre, scenario: Scenario): Promise<Stage> {
  await theatre.empty();
  const { tenants } = scenario;
  // Files are read before the world begins: the machine's own pace must not be part of it.
  const known = new Map<string, Awaited<ReturnType<Theatre['settingsFor']>>>();
  for (const names of [tenants, tenants.map(witnessOf)])
    known.set(names.join(), await theatre.settingsFor(names, scenario));
  const time = createTime(START);
  const trace = createTrace();
  const evidence = createEvidence();
  const words = `variant ${scenario.variant}`;
  const wikis = scenario.tenants.map((name) => buildWiki(words, name, time.now, scenario));
  const offsets = { database: 0, worker: 0 };
  const sites = new Map<string, Site>();
  const doors = new Map<string, ReturnType<typeof createSite>['respond']>();
  for (const wiki of wikis)
    for (const tenant of [wiki.name, witnessOf(wiki.name)]) {
      const { site, respond } = createSite({ world: wiki.world, now: time.now, url: originOf(tenant) });
      sites.set(tenant, site);
      doors.set(originOf(tenant), (request) => {
        wiki.goOn();
        const answer = respond(request);
        if (movesPages(request)) wiki.remember();
        return answer;
      });
    }

  const start: Stage['start'] = (name, { deeds = new Map(), witness = false, work = NIGHT } = {}) => {
    const life = createLife({ name, time, trace, deeds, clockOffset: () => offsets.worker });
    const { clock } = life;
    const network = createRandom(`${scenario.seed} network ${name}`);
    const roll = (): number => network.int(2 ** 20) / 2 ** 20;
    const driver = createMortalDriver({ driver: theatre.driver, kind: scenario.kind, life, time, roll });
    const store = createStore({
      driver,
      now: () => sql`${new Date(time.now().getTime() + offsets.database).toISOString()}::timestamptz`,
    });
    const prepared = known.get((witness ? tenants.map(witnessOf) : tenants).join());
    if (prepared === undefined) throw new Error('no settings');
    const { settings, environment } = prepared;
    const ground: Ground = {
      environment,
      cwd: '/',
      clock,
      log: createLog({ level: 'info', format: 'json', now: clock.now, write: evidence.say }),
      progress: createProgress({ stream: { write: () => true, on: () => undefined } as never }),
      signal: new AbortController().signal,
      random: createChance(`${scenario.seed} ${name}`, clock.now),
      wire: createWire({ sites: doors, life, time, roll, evidence }),
    };
    const run = async (): Promise<Ended> => {
      try {
        const house = await composeHouse(ground, settings, store);
        return { how: 'ended', ...(await doWork(house, settings.config.tenants, work)) };
      } catch (error) {
        return { how: 'failed', error };
      }
    };
    const death = life.died.then((): Ended => ({ how: 'dead' }));
    return { life, ended: Promise.race([run(), death]) };
  };

  return {
    scenario,
    theatre,
    time,
    trace,
    random: createRandom(`${scenario.seed} stage`),
    evidence,
    notes: [],
    armed: [],
    wikis,
    sites,
    offsets,
    start,
    play: (work) => time.until(work, NIGHT_BOUND_MS),
    pass: (ms) => time.until(time.sleep(ms), Math.max(0, ms)),
  };
}

/** What archives a page, trashes it or brings it back; a task of the archive may end whenever it is looked at. */
const movesPages = ({ method, target }: { readonly method: string; readonly target: string }): boolean =>
  method === 'GET' ? target.includes('/longtask/') : /\/archive$|\/pages\/\d+$/.test(target);

/** The wiki that a tenant of a stage looks at. */
export function wikiFor({ wikis }: Pick<Stage, 'wikis'>, tenant: string): Wiki {
  const wiki = wikis.find(({ name }) => name === wikiOf(tenant));
  if (wiki === undefined) throw new Error(`no wiki of ${tenant}`);
  return wiki;
}
