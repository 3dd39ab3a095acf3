import { describe, expect, it } from 'vitest';
import { type KnownSpace, type ListingAsk, planListing } from '../../src/domain/listing-plan.ts';

const NIGHT = '2026-11-10T02:00:00.000Z';
const daysBefore = (days: number): string => new Date(Date.parse(NIGHT) - days * 86_400_000).toISOString();
/** A space whose day of the week it is not: it was listed within the last hours. */
const space = (id: string, given: Partial<KnownSpace> = {}): KnownSpace => ({
  id,
  state: 'walked',
  pages: 1000,
  listedAt: daysBefore(0.25),
  listedConfig: 'c',
  walkedAt: daysBefore(1),
  ...given,
});
const plan = (spaces: readonly KnownSpace[], given: Partial<ListingAsk> = {}) =>
  planListing({
    spaces,
    attachments: { known: 0, listedAt: daysBefore(1), walkedAt: daysBefore(1) },
    startedAt: NIGHT,
    configHash: 'c',
    everything: false,
    ...given,
  });
const many = Array.from({ length: 20 }, (_, index) => space(`s${index}`));

describe('a night lists in full', () => {
  it.each<[string, Partial<KnownSpace>]>([
    ['never listed to its end', { listedAt: null }],
    ['listed with other settings', { listedConfig: 'other' }],
    ['listed in part last time', { state: 'partial' }],
    ['refused last time', { state: 'refused' }],
    ['never walked', { state: null, listedAt: null, walkedAt: null }],
    ['listed a week ago', { listedAt: daysBefore(7) }],
    ['listed by this run, before another worker took it over', { listedAt: NIGHT }],
  ])('a space that was %s, and of the others what changed', (_, given) => {
    expect([...plan([...many, space('due', given)]).full]).toEqual(['due']);
  });

  it('everything where that is asked for, or where changes spare next to nothing', () => {
    expect(plan(many, { everything: true })).toMatchObject({ changedSince: null, attachmentsSince: null });
    expect(plan(many, { everything: true }).full.size).toBe(20);
    expect(plan([space('small', { pages: 2250 })])).toMatchObject({ full: new Set(['small']), changedSince: null });
    expect(plan([space('large', { pages: 2500 })]).full.size).toBe(0);
  });

  it('every space within a week, on its own day, and none of them twice', () => {
    const spaces = new Map(many.map(({ id }) => [id, daysBefore(0)]));
    const listed = new Map<string, number>();
    const perNight: number[] = [];
    for (let day = 1; day <= 14; day += 1) {
      const startedAt = daysBefore(-day);
      const { full } = plan(
        [...spaces].map(([id, listedAt]) => space(id, { listedAt, walkedAt: daysBefore(1 - day) })),
        { startedAt },
      );
      for (const id of full) {
        const before = Date.parse(spaces.get(id) ?? '');
        expect((Date.parse(startedAt) - before) / 86_400_000).toBeLessThanOrEqual(7);
        spaces.set(id, startedAt);
        listed.set(id, (listed.get(id) ?? 0) + 1);
      }
      perNight.push(full.size);
    }
    expect([...listed.values()]).toEqual(many.map(() => 2));
    expect(Math.max(...perNight)).toBeLessThan(10);
  });
});

describe('what changed', () => {
  it('goes back a day before the oldest walk of the spaces', () => {
    const { changedSince } = plan([...many, space('late', { walkedAt: daysBefore(3) })]);
    expect(changedSince?.toISOString()).toBe(daysBefore(4));
  });

  it('is listed of attachments too, unless all of them are due', () => {
    expect(plan(many).attachmentsSince?.toISOString()).toBe(daysBefore(2));
    const week = { known: 500, listedAt: daysBefore(7), walkedAt: daysBefore(1) };
    expect(plan(many, { attachments: week }).attachmentsSince).toBeNull();
    expect(plan(many, { attachments: { known: 0, listedAt: null, walkedAt: null } }).attachmentsSince).toBeNull();
  });
});
