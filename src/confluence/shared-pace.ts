import {
  depart,
  type EndpointClass,
  type Pacing,
  paceOf,
  resumePacing,
  served,
  startPacing,
} from '../domain/pacing.ts';
import { refused } from '../domain/refusal.ts';
import { type Hints, type Pace, createLocalPace, withHints } from './pace.ts';
import type { BookPage, PaceBook } from './pace-book.ts';
import type { Pause } from './pacer.ts';

/** Slots are leased for so long ahead: a process that dies loses no more of the rate, and each asks twice a second at most. */
const LEASE_S = 0.5;
/** What others met is heard at least so often, and before anything leaves. */
const LOOK_MS = 250;
const STALE_SLOT_MS = 1_000;
/** A pace that nobody used for so long is held before it is tried again. */
const REST_MS = 60_000;
const USER_MS = 10_000;
const RETRY_BOOK_MS = 5_000;
/** Two instants that were moved on different ways are still the same one. */
const SAME_MS = 1;

interface Event {
  readonly at: number;
  readonly sentAt: number;
  readonly resumeAt: number;
}

/**
 * A pace that several processes share through a book: each leases the next turns of one row and brings what it met since.
 * While the book cannot be reached it goes on alone, with its part of what was believed last.
 */
export function createSharedPace(deps: {
  readonly kind: EndpointClass;
  readonly share: number;
  readonly steadyNow: () => number;
  readonly book: PaceBook;
  readonly key: string;
  /** Names this process among the users of the page. */
  readonly self: string;
  readonly pause: Pause;
}): Pace {
  const { kind, share, steadyNow, book, key, self, pause } = deps;
  let slots: number[] = [];
  let waiting = 0;
  let servedCount = 0;
  let hints: Hints = { limit: null, near: false };
  let refusals: Event[] = [];
  let pacing: Pacing = startPacing(kind, share, steadyNow());
  let users = 1;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let bookNow = 0;
  let heardPause = 0;
  let alone: { readonly pace: Pace; readonly until: number } | null = null;
  let leasing: Promise<void> | null = null;

  const lease = async (wanted: () => number): Promise<void> => {
    const brought = { count: servedCount, hints, refusals };
    servedCount = 0;
    hints = { limit: null, near: false };
    refusals = [];
    const askedAt = steadyNow();
    try {
      const { result, now } = await book.turn(key, (page, at) => {
        // The two clocks are compared within this one exchange, so neither has to be right.
        const offset = at - steadyNow();
        const told = { ...brought, refusals: brought.refusals.map((event) => shifted(event, offset)) };
        return takeTurns(page, { at, kind, share, self, told, wanted: wanted() });
      });
      const offset = now - (askedAt + steadyNow()) / 2;
      pacing = result.pacing;
      users = result.users;
      alone = null;
      lookedAt = steadyNow();
      // The book's clock was set back, and its pauses with it.
      heardPause -= Math.max(0, bookNow - now);
      bookNow = now;
      if (result.pausedUntil > heardPause + SAME_MS) slots = [];
      if (result.pausedUntil > Math.max(now, heardPause + SAME_MS)) pause.extend(result.pausedUntil - offset);
      heardPause = Math.max(heardPause, result.pausedUntil);
      // A refusal that came meanwhile has voided these.
      if (refusals.length === 0) slots.push(...result.slots.map((at) => at - offset));
    } catch {
      servedCount += brought.count;
      refusals = [...brought.refusals, ...refusals].slice(-50);
      const part = { kind, share: share / users, steadyNow, known: pacing };
      alone = { pace: alone?.pace ?? createLocalPace(part), until: steadyNow() + RETRY_BOOK_MS };
    }
  };
  const exchange = (wanted: () => number): Promise<void> => {
    leasing ??= lease(wanted).finally(() => {
      leasing = null;
    });
    return leasing;
  };

  return {
    async reserve() {
      waiting += 1;
      try {
        for (;;) {
          if (alone !== null && steadyNow() < alone.until) return await alone.pace.reserve();
          const at = slots.shift();
          if (at !== undefined && at > steadyNow() - STALE_SLOT_MS) return at;
          if (at === undefined) await exchange(() => waiting);
        }
      } finally {
        waiting -= 1;
      }
    },
    async look() {
      if (alone === null && steadyNow() - lookedAt >= LOOK_MS) await exchange(() => 0);
    },
    served(heard) {
      servedCount += 1;
      hints = { limit: heard.limit ?? hints.limit, near: heard.near || hints.near };
      alone?.pace.served(heard);
    },
    refused(sentAt, resumeAt) {
      slots = [];
      refusals.push({ at: steadyNow(), sentAt, resumeAt });
      alone?.pace.refused(sentAt, resumeAt);
      // The others should hear of it before they use what they have leased.
      if (alone === null) void exchange(() => 0);
    },
    believed: () => alone?.pace.believed() ?? pacing,
  };
}

const shifted = ({ at, sentAt, resumeAt }: Event, offset: number): Event => ({
  at: at + offset,
  sentAt: sentAt + offset,
  resumeAt: resumeAt + offset,
});

interface Turns {
  readonly at: number;
  readonly kind: EndpointClass;
  readonly share: number;
  readonly self: string;
  readonly told: { readonly count: number; readonly hints: Hints; readonly refusals: readonly Event[] };
  readonly wanted: number;
}

/** One exchange with the book: what this process met goes in, its next departures come out. */
function takeTurns(page: BookPage, { at, kind, share, self, told, wanted }: Turns) {
  let pacing = pacingOf(page, kind, share, at);
  let { pausedUntil } = page;
  if (told.count > 0) pacing = withHints(served(pacing, at, told.count), told.hints, at);
  for (const event of told.refusals) {
    pausedUntil = Math.max(pausedUntil, event.resumeAt);
    pacing = refused(pacing, { now: event.at, sentAt: event.sentAt, resumeAt: pausedUntil });
  }
  const most = Math.max(1, Math.ceil(paceOf(pacing, at) * LEASE_S));
  const slots: number[] = [];
  while (slots.length < Math.min(wanted, most)) {
    const turn = depart(pacing, Math.max(at, pausedUntil));
    pacing = turn.pacing;
    slots.push(turn.at);
  }
  const users = Object.fromEntries(
    Object.entries({ ...page.users, [self]: at }).filter(([, seen]) => seen > at - USER_MS),
  );
  const result = { slots, pacing, pausedUntil, users: Object.keys(users).length };
  return { page: { ...page, paces: { ...page.paces, [kind]: pacing }, pausedUntil, users }, result };
}

function pacingOf(page: BookPage, kind: EndpointClass, share: number, at: number): Pacing {
  const known = page.paces[kind];
  if (known === undefined) return startPacing(kind, share, at);
  const rested = at - known.grownAt > REST_MS && at - known.nextAt > REST_MS;
  return rested || known.share !== share ? resumePacing(known, share, at) : known;
}
