import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { CANARY } from '../../src/simulator/canary.ts';
import { snapshot } from '../pglite-snapshot.ts';
import { scenarioFor } from './case.ts';
import type { Facts } from './facts.ts';
import { INVARIANTS } from './invariants/all.ts';
import { labelsAsWanted } from './invariants/labels-as-wanted.ts';
import { memoryFaults } from './memory.ts';
import { createPlayer } from './player.ts';
import { calmly, settingOf } from './scenario.ts';
import { FAULT_NAMES } from './site-faults.ts';
import { originOf, openTheatre, type Theatre } from './theatre.ts';
import { createTime, Endless } from './time.ts';
import { OUR_LABEL } from './wiki.ts';

let theatre: Theatre;
let player: ReturnType<typeof createPlayer>;
let calm: Facts;
/** Of a setting in which a plan was carried out and taken back. */
let undone: Facts;

beforeAll(async () => {
  theatre = await openTheatre(await snapshot(inject('scratch')));
  player = createPlayer(theatre);
  // Two tenants and a night before.
  calm = (await player.live(calmly(settingOf(1)))).facts;
  undone = (await player.live(calmly(settingOf(10)))).facts;
});
afterAll(() => theatre.close());

const brokenIn = (facts: Facts): string[] => INVARIANTS.flatMap(({ id, broken }) => broken(facts).map(() => id));

it.each([
  ['a seed', { kind: 'seed', seed: 4 }],
  ['a death', { kind: 'step', variant: 4, step: 101, does: 'die' }],
  ['a step that fails', { kind: 'step', variant: 4, step: 102, does: 'fail' }],
  ['a death in the middle of an undo', { kind: 'step', variant: 10, step: 60, does: 'die' }],
  ['a process that stands still before a write', { kind: 'step', variant: 4, step: 184, does: 'pause' }],
] as const)('%s keeps every promise, and is the same when it is played again', async (_, one) => {
  const scenario = await scenarioFor(one, player.stepsOf);
  const first = await player.play(scenario);
  expect(first.broken).toEqual([]);
  expect(first.befell.length).toBeGreaterThan(0);
  expect((await player.play(scenario)).hash).toBe(first.hash);
});

const call = (given: Partial<Facts['calls'][number]>): Facts['calls'][number] => ({
  worker: 'first',
  origin: originOf('alder'),
  method: 'GET',
  path: '/wiki/api/v2/pages',
  authorization: calm.calls[0]?.authorization ?? '',
  body: null,
  sentAt: 1,
  answer: null,
  ...given,
});
const withCalls = (...more: Partial<Facts['calls'][number]>[]): Facts => ({
  ...calm,
  calls: [...calm.calls, ...more.map(call)],
});
const withMoment = (change: (moment: Facts['notes'][number]['moments'][number]) => object): Facts => ({
  ...calm,
  notes: calm.notes.map((note) => ({ ...note, moments: note.moments.map((one) => ({ ...one, ...change(one) })) })),
});
const LABEL = '/wiki/rest/api/content/70001/label';
const late = 10 ** 10;

it.each<[string, string, () => Facts]>([
  [
    'I1',
    'a finding that the model does not know',
    () => withMoment(({ inventory }) => ({ verdicts: new Map([...inventory].map((id) => [id, 'warn'])) })),
  ],
  ['I2', 'a page that is lost', () => withMoment(({ inventory }) => ({ inventory: new Set([...inventory].slice(1)) }))],
  ['I2', 'a page that is counted twice', () => withMoment(({ pagesSeen }) => ({ pagesSeen: pagesSeen + 1 }))],
  [
    'I3',
    'a label of somebody else that is touched',
    () => withCalls({ method: 'DELETE', path: `${LABEL}?name=team`, sentAt: 0 }),
  ],
  [
    'I3',
    'a write after a takeover',
    () =>
      withCalls(
        { worker: 'a', sentAt: late },
        { worker: 'b', sentAt: late + 1 },
        { worker: 'a', method: 'POST', path: LABEL, sentAt: late + 2 },
      ),
  ],
  [
    'I4',
    'a log line about another tenant',
    () => ({ ...calm, log: ['{"tenant":"alder","detail":"Runbook 1 birch"}'] }),
  ],
  ['I4', 'a request with the credential of another tenant', () => withCalls({ origin: originOf('birch') })],
  ['I5', 'a secret in the log', () => ({ ...calm, log: [`{"detail":"${CANARY}"}`] })],
  ['I6', 'a request to another host', () => withCalls({ origin: 'https://elsewhere.example' })],
  [
    'I7',
    'a wait that is cut short',
    () =>
      withCalls(
        { worker: 'a', answer: { status: 429, headers: { 'retry-after': '30' }, at: 5 } },
        { worker: 'a', sentAt: 20_000 },
      ),
  ],
  ['I8', 'a write without news', () => withCalls({ worker: 'still', method: 'POST', path: LABEL, sentAt: 0 })],
  ['I9', 'a night that does not end', () => ({ ...calm, endless: 'The work has not ended.' })],
  [
    'I10',
    'a finding that only the run with a crash has',
    () => ({
      ...calm,
      knowledge: new Map(
        [...calm.knowledge].map(([tenant, { own }]) => [
          tenant,
          { own: { ...own, audited: ['finding'] }, witness: null },
        ]),
      ),
    }),
  ],
  [
    'I11',
    'a call that is sent five times',
    () => ({
      ...calm,
      inspection: {
        ...calm.inspection,
        attempts: [{ tenant: 'alder', run: '1', calls: 9, attempts: 13, most: 5, claims: 1 }],
      },
    }),
  ],
])('%s notices %s', (id, _, doctored) => {
  expect(brokenIn(calm)).toEqual([]);
  expect(new Set(brokenIn(doctored()))).toEqual(new Set([id]));
});

const withLedger = (change: (row: Facts['inspection']['ledger'][number]) => object[]): Facts => ({
  ...undone,
  inspection: { ...undone.inspection, ledger: undone.inspection.ledger.flatMap(change) as never },
});
const row = (action: string) => {
  const found = undone.inspection.ledger.find((one) => one.action === action && one.state === 'done');
  if (found === undefined) throw new Error(`Nothing was done by ${action}.`);
  return found;
};
const firstOf = (worker: string): number => undone.calls.find((one) => one.worker === worker)?.sentAt ?? 0;
const written = (worker: string, given: { readonly path: string; readonly json: unknown }): Facts => ({
  ...undone,
  calls: [
    ...undone.calls,
    call({
      worker,
      method: 'POST',
      path: given.path,
      body: JSON.stringify(given.json),
      sentAt: firstOf(worker),
      answer: { status: 200, headers: {}, at: firstOf(worker) },
    }),
  ],
});

it.each<[string, string, () => Facts]>([
  [
    'I3',
    'a write that the ledger leaves open',
    () => withLedger((one) => [one === row('add-comment') ? { ...one, state: 'intent' } : one]),
  ],
  ['I3', 'a label that the ledger does not know', () => withLedger((one) => (one.action === 'add-label' ? [] : [one]))],
  [
    'I3',
    'a property that is on no page',
    () =>
      withLedger((one) => [
        one,
        { ...one, action: 'add-property', mark: 'docaudit-broken', state: 'done', undoneBy: null },
      ]),
  ],
  [
    'I3',
    'a page that was archived without a record',
    () => withLedger((one) => (one.action === 'archive' ? [] : [one])),
  ],
  [
    'I3',
    'a page that was archived although people had edited it after the plan',
    () => ({
      ...undone,
      wikis: undone.wikis.map((wiki) => ({
        ...wiki,
        changes: [...wiki.changes, { pageId: row('archive').page, at: row('archive').plannedAt + 1, deed: 'edit' }],
      })),
    }),
  ],
  [
    'I8',
    'a plan without news',
    () => ({
      ...undone,
      notes: undone.notes.map((note) => ({
        ...note,
        results: note.results.map((result) => ({ ...result, writesPlanned: note.shift === 'still' ? 1 : 0 })),
      })),
    }),
  ],
  [
    'I10',
    'what an undo left on its page',
    () => {
      const { page, mark } = row('add-label');
      return written('apply-2', { path: `/wiki/rest/api/content/${page}/label`, json: [{ name: mark }] });
    },
  ],
  [
    'I10',
    'what was undone and is done again',
    () => {
      const { page, mark } = row('remove-comment');
      const value = `<p>docaudit-comment-${mark}</p>`;
      return written('apply-4', { path: '/wiki/api/v2/footer-comments', json: { pageId: page, body: { value } } });
    },
  ],
])('%s notices, where plans are carried out and taken back, %s', (id, _, doctored) => {
  expect(brokenIn(undone)).toEqual([]);
  expect(new Set(brokenIn(doctored()))).toEqual(new Set([id]));
});

it('I3 notices a comment that stands on a page twice', () => {
  const [wiki] = undone.wikis;
  if (wiki === undefined) throw new Error('no wiki');
  const { page } = row('add-property');
  const known = { ...row('add-property'), action: 'add-comment', mark: 'findings-owner' };
  const facts = { ...undone, inspection: { ...undone.inspection, ledger: [...undone.inspection.ledger, known] } };
  const post = () =>
    wiki.world.addComment(page, { by: wiki.auditor, at: new Date(0), body: '<p>docaudit-comment-findings-owner</p>' })
      .id;
  const first = post();
  expect(brokenIn(facts)).toEqual([]);
  const second = post();
  expect(brokenIn(facts)).toEqual(['I3']);
  for (const id of [first, second]) wiki.world.deleteComment(id);
});

it('I3 notices a label that is missing, and one that nobody asked for', async () => {
  const { facts } = await player.live(calmly(settingOf(1)));
  const [wiki] = facts.wikis;
  const pages = (wiki?.currentPages() ?? []).filter(({ id }) => wiki?.disputed.has(id) === false);
  for (const { id, labels } of pages) {
    if (labels.has(`global:${OUR_LABEL}`)) wiki?.world.removeLabel(id, OUR_LABEL);
    else wiki?.world.addLabel(id, OUR_LABEL, 'somebody');
  }
  expect(pages.length).toBeGreaterThan(2);
  expect(labelsAsWanted.broken(facts)).toHaveLength(pages.length);
  expect(new Set(brokenIn(facts))).toEqual(new Set(['I3']));
});

it('I12 notices a heap that grows', () => {
  expect(memoryFaults([[120, 140, 130], [100]])).toEqual([]);
  expect(memoryFaults([[120, 140, 260]])).toHaveLength(1);
});

it('a world in which nobody waits for anything has ended, and so has one that takes too long', async () => {
  const time = createTime('2026-11-02T02:00:00Z');
  const forever = new Promise<void>(() => undefined);
  await expect(time.until(forever, 1000)).rejects.toThrow(Endless);
  await expect(time.until(time.sleep(2000), 1000)).rejects.toThrow('after 1 seconds');
});

it('the page about it names every invariant and every fault', () => {
  const page = readFileSync(new URL('../../docs/chaos.md', import.meta.url), 'utf8');
  for (const { id } of INVARIANTS) expect(page).toContain(`| ${id} |`);
  for (const name of FAULT_NAMES) expect(page).toContain(`\`${name}\``);
});
