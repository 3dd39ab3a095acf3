import { expect, it } from 'vitest';
import connectionLost from '../../src/simulator/faults/connection-lost.ts';
import cutShort from '../../src/simulator/faults/cut-short.ts';
import deliveredTwice from '../../src/simulator/faults/delivered-twice.ts';
import serverError from '../../src/simulator/faults/server-error.ts';
import wrongShape from '../../src/simulator/faults/wrong-shape.ts';
import { shelf } from '../audit/shelf.ts';
import { nightShiftOnServer, lines, type Tenant, writesAmong } from '../night-shift.ts';

const ADD = 'POST /wiki/rest/api/content/{id}/label';
const REMOVE = 'DELETE /wiki/rest/api/content/{id}/label';

type Strike = (tenant: Tenant) => void;

const DONE_AND_LOST: readonly (readonly [string, Strike])[] = [
  ['is lost after the work', ({ site }) => site.faults.strike(connectionLost, { at: ADD })],
  ['breaks off half way', ({ site }) => site.faults.strike(connectionLost, { at: ADD, when: 'mid-body' })],
  ['is JSON that is cut', ({ site }) => site.faults.strike(cutShort, { at: ADD })],
  ['is shorter than it says', ({ site }) => site.faults.strike(cutShort, { at: ADD, where: 'length' })],
  ['is half a gzip stream', ({ site }) => site.faults.strike(cutShort, { at: ADD, where: 'gzip' })],
  ['is a 500 after the work', ({ site }) => site.faults.strike(serverError, { at: ADD, status: 500, done: true })],
  [
    'is a 504 that asks to come back',
    ({ site }) => site.faults.strike(serverError, { at: ADD, status: 504, retryAfter: '2', done: true }),
  ],
];

const NOT_DONE: readonly (readonly [string, Strike])[] = [
  ['connection is reset before', ({ site }) => site.faults.strike(connectionLost, { at: ADD, when: 'before-work' })],
  ['site answers 502 before', ({ site }) => site.faults.strike(serverError, { at: ADD, status: 502 })],
  ['site answers 503 before', ({ site }) => site.faults.strike(serverError, { at: ADD, retryAfter: '2' })],
  ['site says 200 to something else before', ({ site }) => site.faults.strike(wrongShape, { at: ADD })],
];

nightShiftOnServer('a label', (shift) => {
  it.each(DONE_AND_LOST)('is there once, and known to be, where the answer %s: one request', async (_, strike) => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    strike(tenant);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 1 });
    expect(labelled()).toEqual(stale);
    expect(await tenant.night()).toMatchObject({ planId: null, writesDone: 0 });
    expect(writesAmong(tenant.asked())).toEqual([ADD]);
    expect(lines(await tenant.view('executed_actions'), 'state outcome')).toEqual([
      'done | The answer was lost; read back: it happened.',
    ]);
  });

  it.each(NOT_DONE)('is written the night after where the %s the work, never twice in one', async (_, strike) => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    strike(tenant);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 0 });
    expect(writesAmong(tenant.asked())).toEqual([ADD]);
    expect(await tenant.view('executed_actions')).toMatchObject([{ state: 'unknown', executed_at: null }]);
    shift.clock.pass({ days: 1 });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 1 });
    expect(writesAmong(tenant.asked())).toEqual([ADD]);
    expect(labelled()).toEqual(stale);
  });

  it('that a gateway delivers twice is there once, ours, and comes off once', async () => {
    const { world, labelled, stale, edit } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    tenant.site.faults.strike(deliveredTwice, { at: ADD });
    tenant.site.faults.strike(deliveredTwice, { at: REMOVE });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 1 });
    expect(world.labelsOf(stale[0] ?? '')).toEqual(['docaudit-stale']);
    shift.clock.pass({ days: 1 });
    edit(stale[0] ?? '');
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 1 });
    expect(labelled()).toEqual([]);
    expect(writesAmong(tenant.asked())).toEqual([ADD, REMOVE]);
  });

  it.each([500, 502, 503])('is taken off in a second attempt where the first is answered %i', async (status) => {
    const { world, labelled, stale, edit } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    await tenant.night();
    shift.clock.pass({ days: 1 });
    edit(stale[0] ?? '');
    tenant.asked();
    tenant.site.faults.strike(serverError, { at: REMOVE, status, done: true });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 1 });
    expect(writesAmong(tenant.asked())).toEqual([REMOVE, REMOVE]);
    expect(labelled()).toEqual([]);
  });

  it('that the site answers with 500 every night, as some do to what they ought to refuse, rests a week', async () => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    tenant.site.faults.strike(serverError, { at: ADD, status: 500, times: 3, body: { message: 'Invalid label' } });
    for (const night of [1, 2, 3, 4, 5]) {
      expect(await tenant.night(), `night ${night}`).toMatchObject({ outcome: 'complete', writesDone: 0 });
      shift.clock.pass({ days: 1 });
    }
    expect(writesAmong(tenant.asked())).toEqual([ADD, ADD, ADD]);
    shift.clock.pass({ days: 4 });
    expect(await tenant.night()).toMatchObject({ writesDone: 1 });
    expect(labelled()).toEqual(stale);
  });
});
