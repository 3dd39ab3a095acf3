import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm/sql';
import { composeHouse, type Ground } from '../../../src/app.ts';
import type { Wire } from '../../../src/confluence/transport.ts';
import type { AuditResult } from '../../../src/domain/audit-result.ts';
import { createLog } from '../../../src/runtime/log.ts';
import { createProgress } from '../../../src/runtime/progress.ts';
import { readSettings } from '../../../src/settings.ts';
import { CANARY } from '../../../src/simulator/canary.ts';
import { createBucket, type RateLimit } from '../../../src/simulator/rate-limit.ts';
import { createStore } from '../../../src/store/db.ts';
import { createPostgresDriver } from '../../../src/store/postgres.ts';
import { createChance } from '../../chaos/chance.ts';
import { createMortalDriver } from '../../chaos/driver.ts';
import { createLife, type Deed } from '../../chaos/life.ts';

import { createTrace } from '../../chaos/trace.ts';
import type { TestDatabase } from '../../database.ts';
import { serverCpu } from '../server-cpu.ts';
import type { ArithmeticSite } from './arithmetic-site.ts';
import { createIdleTime } from './idle-time.ts';

const START = '2026-11-02T02:00:00.000Z';
const BOUND_MS = 24 * 3_600_000;

export interface Given {
  readonly site: ArithmeticSite;
  /** Of every answer. */
  readonly latencyMs: number;
  readonly limit: RateLimit | null;
  /** What the configuration says of the tenant beside its site. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface NightFigures {
  readonly result: AuditResult | 'dead';
  /** Of the simulated world: waits, latency and the limit, not work. */
  readonly seconds: number;
  readonly requests: number;
  /** Those of them that listed pages. */
  readonly lists: number;
  readonly refused: number;
  /** Seconds of the worker, and of Postgres. */
  readonly cpu: number;
  readonly serverCpu: number;
  readonly peakMb: number;
  /** Requests by the second of the simulated world in which they were sent. */
  readonly sentAt: readonly number[];
}

/** A tenant whose nights take place in a simulated time over a site without a socket, in a real database. */
export async function openGiant(database: TestDatabase, given: Given) {
  const time = createIdleTime(START);
  const count = createBucket();
  const folder = await mkdtemp(join(tmpdir(), 'audit-giant-'));
  const file = join(folder, 'audit.yaml');
  const tenant = {
    id: 'giant',
    site: 'https://giant.atlassian.net',
    auth: { type: 'basic', email: 'auditor@example.com', token: { env: 'GIANT_TOKEN' } },
    ...given.settings,
  };
  await writeFile(file, JSON.stringify({ version: 1, tenants: [tenant] }));
  const environment = { AUDIT_CONFIG: file, GIANT_TOKEN: `${CANARY}-giant` };
  const settings = await readSettings({ environment, cwd: folder });
  let nights = 0;

  async function night(deeds: ReadonlyMap<number, Deed> = new Map()): Promise<NightFigures> {
    nights += 1;
    const life = createLife({ name: `worker ${nights}`, time, trace: createTrace(), deeds });
    // Its own connections: what they took is only told when they have ended.
    const server = createPostgresDriver({ url: database.url ?? '' });
    const driver = createMortalDriver({ driver: server, kind: server.kind, life, time, roll: middling });
    const store = createStore({ driver, now: () => sql`${time.now().toISOString()}::timestamptz` });
    const sentAt: number[] = [];
    let refused = 0;
    let lists = 0;
    const wire: Wire = async ({ path, method, body }) => {
      await life.step('send', path);
      sentAt.push(time.at() / 1000);
      const counted = count(given.limit, path, time.now());
      await time.sleep(given.latencyMs);
      if (counted.refused !== null) {
        refused += 1;
        return { statusCode: 429, headers: counted.refused.headers, body: textOf('') };
      }
      if (/\/spaces\/\d+\/pages\?|[?&]space-id=/.test(path)) lists += 1;
      const answer = given.site.answer(method, path, body);
      if (answer === null) throw new Error(`The site does not know ${method} ${path}`);
      const headers = { 'content-type': 'application/json', ...counted.headers };
      return { statusCode: 200, headers, body: textOf(JSON.stringify(answer)) };
    };
    const ground: Ground = {
      environment,
      cwd: folder,
      clock: life.clock,
      log: createLog({ level: 'warn', format: 'json', now: time.now, write: () => undefined }),
      progress: createProgress({ stream: { write: () => true, on: () => undefined } as never }),
      signal: new AbortController().signal,
      random: createChance(`giant ${nights}`, time.now),
      wire,
    };
    const order = { mode: 'plan', trigger: 'manual', full: false, onlySpaces: null } as const;
    const work = composeHouse(ground, settings, store).then((house) =>
      house.audit(settings.config.tenants.map((each) => ({ ...order, settings: each }))),
    );
    const began = time.at();
    const cpu = process.cpuUsage();
    const atServer = (await serverCpu(database)) ?? 0;
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 200);
    const ended = await time.until(Promise.race([work, life.died]), BOUND_MS);
    clearInterval(watch);
    const { user, system } = process.cpuUsage(cpu);
    await server.close();
    return {
      result: ended === undefined ? 'dead' : (ended[0] as AuditResult),
      seconds: (time.at() - began) / 1000,
      requests: sentAt.length,
      lists,
      refused,
      cpu: (user + system) / 1e6,
      serverCpu: ((await serverCpu(database)) ?? 0) - atServer,
      peakMb: peak / 1e6,
      sentAt: sentAt.map((at) => at - began / 1000),
    };
  }

  return {
    night,
    now: time.now,
    pass: (ms: number) => time.until(time.sleep(ms), ms),
    close: async () => {
      time.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const middling = (): number => 0.5;

async function* textOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
