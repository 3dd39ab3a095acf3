import badItem from '../../src/simulator/faults/bad-item.ts';
import connectionLost from '../../src/simulator/faults/connection-lost.ts';
import cursorExpired from '../../src/simulator/faults/cursor-expired.ts';
import cursorRepeats from '../../src/simulator/faults/cursor-repeats.ts';
import cutShort from '../../src/simulator/faults/cut-short.ts';
import deliveredTwice from '../../src/simulator/faults/delivered-twice.ts';
import emptyPages from '../../src/simulator/faults/empty-pages.ts';
import failsOverLongLists from '../../src/simulator/faults/fails-over-long-lists.ts';
import forbidden from '../../src/simulator/faults/forbidden.ts';
import gatewayThrottled from '../../src/simulator/faults/gateway-throttled.ts';
import loginPage from '../../src/simulator/faults/login-page.ts';
import longPages from '../../src/simulator/faults/long-pages.ts';
import numericIds from '../../src/simulator/faults/numeric-ids.ts';
import oddNext from '../../src/simulator/faults/odd-next.ts';
import proxyLogin from '../../src/simulator/faults/proxy-login.ts';
import redirected from '../../src/simulator/faults/redirected.ts';
import serverError from '../../src/simulator/faults/server-error.ts';
import shortPages from '../../src/simulator/faults/short-pages.ts';
import stalled from '../../src/simulator/faults/stalled.ts';
import throttled from '../../src/simulator/faults/throttled.ts';
import wrongShape from '../../src/simulator/faults/wrong-shape.ts';
import type { FaultSwitches } from '../../src/simulator/faults.ts';
import type { Random } from '../../src/simulator/seed/random.ts';
import type { Stage } from './stage.ts';

const PAGES = 'GET /wiki/api/v2/pages';
const LISTS = [PAGES, 'GET /wiki/api/v2/spaces', 'GET /wiki/api/v2/attachments', 'GET /wiki/rest/api/content/search'];
const READS = [
  ...LISTS,
  'GET /wiki/rest/api/user/current',
  'GET /wiki/rest/api/content/{id}/label',
  'POST /wiki/api/v2/users-bulk',
];
const WRITES = ['POST /wiki/rest/api/content/{id}/label', 'DELETE /wiki/rest/api/content/{id}/label'];
const EVERYWHERE = [...READS, ...WRITES];
/** Where a night does more than label. */
const ON_LADDERS = [
  'POST /wiki/api/v2/pages/{id}/properties',
  'GET /wiki/api/v2/pages/{id}/properties',
  'DELETE /wiki/api/v2/pages/{id}/properties/{propertyId}',
  'POST /wiki/rest/api/content/archive',
  'GET /wiki/rest/api/longtask/{id}',
  'DELETE /wiki/api/v2/pages/{id}',
  'PUT /wiki/api/v2/pages/{id}',
  'GET /wiki/api/v2/pages/{id}',
  'GET /wiki/api/v2/footer-comments/{id}',
  'PUT /wiki/api/v2/footer-comments/{id}',
  'DELETE /wiki/api/v2/footer-comments/{id}',
];
/** Where a request that a network delivers twice is done twice, whoever sends it. */
const TWICE_IS_TWO = ['POST /wiki/api/v2/footer-comments'];

type Aim = { readonly at: string; readonly after: number; readonly times: number };
type Arm = (faults: FaultSwitches, aim: Aim, random: Random) => void;

/** Every way in which a site fails one process, with the requests at which it can. Lists that hold few rows have more than one page. */
const FAULTS: readonly (readonly [name: string, places: readonly string[], arm: Arm])[] = [
  [
    'throttled',
    EVERYWHERE,
    (f, aim, r) => f.strike(throttled, { ...aim, retryAfter: r.pick(['1', '7', '30', '0', null, 'soon', '-3']) }),
  ],
  ['parked', EVERYWHERE, (f, aim) => f.strike(throttled, { ...aim, retryAfter: '1800' })],
  ['gateway-throttled', EVERYWHERE, (f, aim) => f.strike(gatewayThrottled, aim)],
  [
    'server-error',
    EVERYWHERE,
    (f, aim, r) =>
      f.strike(serverError, {
        ...aim,
        status: r.pick([500, 502, 503, 504]),
        done: r.chance(0.5),
        retryAfter: r.pick([null, '4']),
      }),
  ],
  [
    'connection-lost',
    EVERYWHERE,
    (f, aim, r) => f.strike(connectionLost, { ...aim, when: r.pick(['before-work', 'after-work', 'mid-body']) }),
  ],
  ['delivered-twice', EVERYWHERE, (f, aim) => f.strike(deliveredTwice, aim)],
  ['stalled', EVERYWHERE, (f, aim, r) => f.strike(stalled, { ...aim, how: r.pick(['silence', 'trickle']) })],
  ['cut-short', EVERYWHERE, (f, aim, r) => f.strike(cutShort, { ...aim, where: r.pick(['json', 'length']) })],
  ['wrong-shape', READS, (f, aim) => f.strike(wrongShape, aim)],
  ['login-page', READS, (f, aim, r) => f.strike(loginPage, { ...aim, redirect: r.chance(0.5) })],
  ['proxy-login', READS, (f, aim) => f.strike(proxyLogin, aim)],
  ['redirected', READS, (f, aim) => f.strike(redirected, aim)],
  ['forbidden', READS, (f, aim, r) => f.strike(forbidden, { ...aim, by: r.pick(['site', 'gateway']) })],
  ['bad-item', [PAGES], (f, aim) => f.strike(badItem, aim)],
  ['numeric-ids', LISTS, (f, aim) => f.strike(numericIds, aim)],
  ['short-pages', [PAGES], (f, aim, r) => f.strike(shortPages, { ...aim, after: 0, times: 50, rows: r.between(1, 3) })],
  ['cursor-expired', [PAGES], (f, aim) => shortThen(f, aim, () => f.strike(cursorExpired, aim))],
  ['cursor-repeats', [PAGES], (f, aim) => shortThen(f, aim, () => f.strike(cursorRepeats, aim))],
  [
    'odd-next',
    [PAGES],
    (f, aim, r) => shortThen(f, aim, () => f.strike(oddNext, { ...aim, rewrite: r.pick(REWRITES) })),
  ],
  ['empty-pages', [PAGES], (f, aim) => shortThen(f, aim, () => f.strike(emptyPages, aim))],
  ['long-pages', [PAGES], (f, aim) => f.strike(longPages, aim)],
  ['fails-over-long-lists', [PAGES], (f, aim) => f.strike(failsOverLongLists, { ...aim, after: 0, times: 50 })],
];

const REWRITES = [
  (next: string): string => next.replace(/^\/wiki/, ''),
  (next: string): string => `https://elsewhere.example${next}`,
];

/** The fault of a cursor needs a list of more than one page. Those armed first strike first. */
function shortThen(faults: FaultSwitches, { at }: Aim, arm: () => void): void {
  arm();
  faults.strike(shortPages, { at, times: 50, rows: 2 });
}

export const FAULT_NAMES: readonly string[] = FAULTS.map(([name]) => name);

function placesFor(name: string, places: readonly string[], { ladder }: Stage['scenario']): readonly string[] {
  if (!ladder || places !== EVERYWHERE) return places;
  // Most of what a plan or an undo asks for.
  return [...places, ...ON_LADDERS, ...ON_LADDERS, ...(name === 'delivered-twice' ? [] : TWICE_IS_TWO)];
}

/** Arms as many faults as the scenario says, on sites that it picks. */
export function armSite({ scenario, random, sites, trace, armed }: Stage): void {
  for (let count = 0; count < scenario.siteFaults; count += 1) {
    const tenant = random.pick(scenario.tenants);
    const [name, places, arm] = random.pick(FAULTS);
    const aim = {
      at: random.pick(placesFor(name, places, scenario)),
      after: random.int(3),
      times: random.pick([1, 1, 2, 5]),
    };
    const site = sites.get(tenant);
    if (site === undefined) throw new Error(`no site of ${tenant}`);
    arm(site.faults, aim, random);
    armed.push(`${name} at ${aim.at} of ${tenant}`);
    trace.add(`armed ${name} ${aim.at} ${aim.after} ${aim.times} ${tenant}`);
  }
}
