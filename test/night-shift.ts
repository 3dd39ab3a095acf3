import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { composeHouse, type Ground } from '../src/app.ts';
import { readSettings, type Settings } from '../src/settings.ts';
import type { Order } from '../src/audit/claim.ts';
import type { AuditResult } from '../src/domain/audit-result.ts';
import type { Rule } from '../src/domain/rule.ts';
import { createLog } from '../src/runtime/log.ts';
import { createProgress } from '../src/runtime/progress.ts';
import { startSite } from '../src/simulator/server.ts';
import type { World } from '../src/simulator/world.ts';
import type { Store } from '../src/store/db.ts';
import { type ReportView, readView } from '../src/store/report-views.ts';
import { auditorOf, EMAIL, TOKEN } from './auditor.ts';
import { leaksIn } from './canary/canary.ts';
import { eachDatabase, type OpenDatabase, type TestDatabase } from './database.ts';
import { createSimulatedClock, type SimulatedClock } from './simulated-clock.ts';

type Json = { readonly [key: string]: unknown };
type Site = Awaited<ReturnType<typeof startSite>>;

/** A tenant whose site runs in this process. */
export interface Tenant {
  readonly id: string;
  readonly site: Site;
  /** The account that audits. */
  readonly auditor: string;
  /** Replaces what the configuration says of the tenant. */
  configure(settings: Json): void;
  /** One audit by a program started for it. */
  night(order?: NightOrder): Promise<AuditResult>;
  /** The rows of a report view about this tenant. */
  view(view: ReportView): Promise<Row[]>;
  /** What was asked of the site since the last call, as `GET /wiki/api/v2/pages`. */
  asked(): string[];
}

// The tests say themselves what they expect of a column.
// oxlint-disable-next-line typescript/no-explicit-any
export type Row = Record<string, any>;

interface NightOrder extends Partial<Pick<Order, 'mode' | 'trigger' | 'full' | 'onlySpaces'>> {
  /** The database as this worker sees it. */
  readonly store?: Store;
  /** When lists of what changed are worth it. */
  readonly listing?: Ground['listing'];
  /** Stops the worker. */
  readonly signal?: AbortSignal;
  /** Beside those of the program, or instead of those with the same id. */
  readonly rules?: readonly Rule[];
}

export interface NightShift {
  readonly clock: SimulatedClock;
  /** Lines of the program's log, as JSON. */
  readonly log: readonly string[];
  readonly token: string;
  /** What the program finds in its environment and file, beside its tenants; `main` holds more keys of the file. */
  readonly given: { environment: Record<string, string>; apps: Json[]; mutes: Json[]; main: Json };
  /** The program as it is started for these tenants. */
  prepare(tenants: readonly Tenant[]): Promise<{ ground: Ground; settings: Settings }>;
  database(): TestDatabase;
  /** Puts a world on the network and makes a tenant of it; the world learns the auditor and the credential. */
  tenant(world: World, settings?: Json): Promise<Tenant>;
  /** Audits several tenants in one program. */
  nights(tenants: readonly Tenant[], order?: NightOrder): Promise<readonly AuditResult[]>;
}

/**
 * Runs a suite of audits on both databases, against sites on real sockets and under a simulated clock. After each test every request
 * must have been one that the official documents know.
 */
export const eachNightShift = (name: string, suite: (shift: NightShift) => void): void =>
  eachDatabase(name, (open) => workShifts(open, suite));

/** The same on a server alone, for suites about the network: what it brings goes to either database by the same statements. */
export const nightShiftOnServer = (name: string, suite: (shift: NightShift) => void): void =>
  eachDatabase(name, (open) => workShifts(open, suite), ['Postgres']);

function workShifts(open: OpenDatabase, suite: (shift: NightShift) => void): void {
  const clock = createSimulatedClock('2026-11-02T02:00:00.000Z');
  const log: string[] = [];
  const settingsOf = new Map<Tenant, Json>();
  const sites: Site[] = [];
  const given: NightShift['given'] = { environment: {}, apps: [], mutes: [], main: {} };
  let database: TestDatabase;
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audit-story-'));
    database = await open({ now: clock.inSql });
  });
  afterEach(() => {
    for (const site of sites) expect(site.refused).toEqual([]);
  });
  afterAll(async () => {
    expect(leaksIn(log.join(''))).toEqual([]);
    await Promise.all(sites.map((site) => site.close()));
    await rm(folder, { recursive: true, force: true });
  });

  const prepare = async (
    tenants: readonly Tenant[],
    { signal, listing }: { signal?: AbortSignal | undefined; listing?: NightOrder['listing'] | undefined } = {},
  ) => {
    const file = join(folder, 'audit.yaml');
    const entries = tenants.map((tenant) => settingsOf.get(tenant));
    await writeFile(
      file,
      JSON.stringify({ version: 1, ...given.main, apps: given.apps, mutes: given.mutes, tenants: entries }),
    );
    const ground = {
      environment: { AUDIT_CONFIG: file, SITE_TOKEN: TOKEN, ...given.environment },
      cwd: folder,
      clock,
      log: createLog({ level: 'info', format: 'json', now: clock.now, write: (line) => void log.push(line) }),
      progress: createProgress({ stream: { write: () => true, on: () => undefined } as never }),
      signal: signal ?? new AbortController().signal,
      ...(listing === undefined ? {} : { listing }),
    };
    return { ground, settings: await readSettings(ground) };
  };
  const nights: NightShift['nights'] = async (
    tenants,
    { store = database.store, signal, listing, rules = [], ...order } = {},
  ) => {
    const { ground, settings: read } = await prepare(tenants, { signal, listing });
    const settings = { ...read, rules: new Map([...read.rules, ...rules.map((rule) => [rule.id, rule] as const)]) };
    const house = await composeHouse(ground, settings, store);
    return house.audit(
      settings.config.tenants.map((tenant) => ({
        settings: tenant,
        mode: 'apply',
        trigger: 'manual',
        full: false,
        onlySpaces: null,
        ...order,
      })),
    );
  };

  suite({
    clock,
    log,
    token: TOKEN,
    given,
    prepare: (tenants) => prepare(tenants),
    nights,
    database: () => database,
    async tenant(world, settings = {}) {
      const site = await startSite({ world, now: clock.now });
      sites.push(site);
      let seen = 0;
      const tenant: Tenant = {
        id: `${world.id}-${sites.length}`,
        site,
        auditor: auditorOf(world),
        configure: (changed) => {
          const auth = { type: 'basic', email: EMAIL, token: { env: 'SITE_TOKEN' } };
          // One list of the site less; the tests of comments turn it on.
          const rules = { 'unresolved-comments': 'off', ...(changed['rules'] as Json | undefined) };
          settingsOf.set(tenant, { id: tenant.id, site: site.url, auth, ...changed, rules });
        },
        night: async (order) => (await nights([tenant], order))[0] as AuditResult,
        async view(view) {
          const { columns, rows } = await readView(database.store, view, { tenantId: tenant.id });
          return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
        },
        asked: () => {
          const from = seen;
          seen = site.requests.length;
          return site.requests.slice(from).map(({ template }) => template);
        },
      };
      tenant.configure(settings);
      return tenant;
    },
  });
}

/** The requests among these that change something on the site. */
export const writesAmong = (asked: readonly string[]): string[] =>
  asked.filter((template) => !template.startsWith('GET ') && template.includes('/label'));

/** Rows as lines of some columns, for tables that a reader can check with his eyes; null is a dash. */
export const lines = (rows: readonly Row[], columns: string): string[] =>
  rows.map((row) =>
    columns
      .split(' ')
      .map((column) => cell(row[column]))
      .join(' | '),
  );

const cell = (value: unknown): string =>
  value === null ? '-' : typeof value === 'string' ? value : JSON.stringify(value);
