import { describe, expect, it } from 'vitest';
import { dueSlots } from '../../src/domain/due-slots.ts';

const ask = (cron: string, timezone: string, lastSlot: string | null, now: string, catchUp = true) => {
  const { due, next } = dueSlots({
    cron,
    timezone,
    lastSlot: lastSlot === null ? null : new Date(lastSlot),
    now: new Date(now),
    catchUp,
  });
  return { due: due.map((slot) => slot.toISOString()), next: next.toISOString() };
};

/** Asks every minute, as the ticker does, and keeps what fires. */
function fired(cron: string, timezone: string, from: string, to: string): readonly string[] {
  const slots: string[] = [];
  let lastSlot: Date | null = null;
  for (let at = Date.parse(from); at <= Date.parse(to); at += 60_000) {
    const { due } = dueSlots({ cron, timezone, lastSlot, now: new Date(at + 40), catchUp: true });
    lastSlot = due[0] ?? lastSlot;
    slots.push(...due.map((slot) => slot.toISOString()));
  }
  return slots;
}

describe('dueSlots', () => {
  it.each([
    [
      'nothing before the slot',
      'UTC',
      '2027-04-02T02:00:00Z',
      '2027-04-03T01:59:59.999Z',
      [],
      '2027-04-03T02:00:00.000Z',
    ],
    [
      'the slot at its instant',
      'UTC',
      '2027-04-02T02:00:00Z',
      '2027-04-03T02:00:00Z',
      ['2027-04-03T02:00:00.000Z'],
      '2027-04-04T02:00:00.000Z',
    ],
    ['the slot once only', 'UTC', '2027-04-03T02:00:00Z', '2027-04-03T02:00:30Z', [], '2027-04-04T02:00:00.000Z'],
    [
      'a slot that is an hour late',
      'UTC',
      '2027-04-02T02:00:00Z',
      '2027-04-03T03:00:00Z',
      ['2027-04-03T02:00:00.000Z'],
      '2027-04-04T02:00:00.000Z',
    ],
    [
      'one slot, the newest, for three missed nights',
      'UTC',
      '2027-04-01T02:00:00Z',
      '2027-04-04T12:00:00Z',
      ['2027-04-04T02:00:00.000Z'],
      '2027-04-05T02:00:00.000Z',
    ],
    [
      'a zone that is 5:45 ahead',
      'Asia/Kathmandu',
      '2027-04-01T20:15:00Z',
      '2027-04-02T20:15:00Z',
      ['2027-04-02T20:15:00.000Z'],
      '2027-04-03T20:15:00.000Z',
    ],
    [
      'a zone that is 3:30 behind',
      'America/St_Johns',
      '2027-01-01T05:30:00Z',
      '2027-01-02T05:30:00Z',
      ['2027-01-02T05:30:00.000Z'],
      '2027-01-03T05:30:00.000Z',
    ],
    [
      'nothing again after the clock was moved back',
      'UTC',
      '2027-04-03T02:00:00Z',
      '2027-04-03T01:00:00Z',
      [],
      '2027-04-04T02:00:00.000Z',
    ],
    [
      'the slot where the last one is from a broken clock',
      'UTC',
      '2033-01-01T02:00:00Z',
      '2027-04-03T02:00:10Z',
      ['2027-04-03T02:00:00.000Z'],
      '2027-04-04T02:00:00.000Z',
    ],
  ])('for two at night: %s', (_, timezone, lastSlot, now, due, next) => {
    expect(ask('0 2 * * *', timezone, lastSlot, now)).toEqual({ due, next });
  });

  it.each<[string, string | null, boolean, string, readonly string[]]>([
    ['on the first start, what was missed stays missed', null, true, '2027-04-03T02:01:00Z', []],
    [
      'on the first start, the slot of this minute is due',
      null,
      true,
      '2027-04-03T02:00:20Z',
      ['2027-04-03T02:00:00.000Z'],
    ],
    ['without catching up, what was missed stays missed', '2027-04-01T02:00:00Z', false, '2027-04-03T02:01:00Z', []],
    [
      'without catching up, the slot of this minute is due',
      '2027-04-01T02:00:00Z',
      false,
      '2027-04-03T02:00:20Z',
      ['2027-04-03T02:00:00.000Z'],
    ],
    ['without catching up, it is due once', '2027-04-03T02:00:00Z', false, '2027-04-03T02:00:20Z', []],
  ])('%s', (_, lastSlot, catchUp, now, due) => {
    expect(ask('0 2 * * *', 'UTC', lastSlot, now, catchUp)).toEqual({ due, next: '2027-04-04T02:00:00.000Z' });
  });

  it.each([
    [
      'a leap day is found eight years back and ahead',
      '0 2 29 2 *',
      '2092-02-29T02:00:00Z',
      '2104-02-29T01:00:00Z',
      ['2096-02-29T02:00:00.000Z'],
      '2104-02-29T02:00:00.000Z',
    ],
    [
      'a monthly slot after half a year',
      '0 2 1 * *',
      '2027-01-01T02:00:00Z',
      '2027-07-15T00:00:00Z',
      ['2027-07-01T02:00:00.000Z'],
      '2027-08-01T02:00:00.000Z',
    ],
    [
      'a weekly slot',
      '30 3 * * 1',
      '2027-03-22T03:30:00Z',
      '2027-04-01T00:00:00Z',
      ['2027-03-29T03:30:00.000Z'],
      '2027-04-05T03:30:00.000Z',
    ],
    [
      'every minute after seven years',
      '* * * * *',
      '2020-01-01T00:00:00Z',
      '2027-04-03T02:00:30Z',
      ['2027-04-03T02:00:00.000Z'],
      '2027-04-03T02:01:00.000Z',
    ],
  ])('%s', (_, cron, lastSlot, now, due, next) => {
    const started = performance.now();
    expect(ask(cron, 'UTC', lastSlot, now)).toEqual({ due, next });
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it.each([
    ['skips 02:30', '2027-03-27T23:00:00Z', '2027-03-28T05:00:00Z', '2027-03-28T01:30:00.000Z'],
    ['repeats 02:30', '2027-10-30T22:00:00Z', '2027-10-31T04:00:00Z', '2027-10-31T00:30:00.000Z'],
  ])('fires 02:30 in Berlin exactly once where the clock %s', (_, from, to, slot) => {
    expect(fired('30 2 * * *', 'Europe/Berlin', from, to)).toEqual([slot]);
  });

  it('does not fire the repeated hour again when it is asked in the middle of it', () => {
    expect(ask('30 2 * * *', 'Europe/Berlin', '2027-10-31T00:30:00Z', '2027-10-31T01:15:00Z')).toEqual({
      due: [],
      next: '2027-11-01T01:30:00.000Z',
    });
    expect(ask('30 2 * * *', 'Europe/Berlin', '2027-10-31T00:30:00Z', '2027-10-31T01:45:00Z')).toEqual({
      due: [],
      next: '2027-11-01T01:30:00.000Z',
    });
  });

  it('goes on where the clock goes back by half an hour only', () => {
    expect(ask('0 3 * * *', 'Australia/Lord_Howe', '2027-04-02T16:00:00Z', '2027-04-03T16:30:00Z')).toEqual({
      due: ['2027-04-03T16:30:00.000Z'],
      next: '2027-04-04T16:30:00.000Z',
    });
  });

  it.each([
    ['a day that never comes', '0 2 30 2 *', 'UTC'],
    ['words', 'at night', 'UTC'],
    ['a zone that does not exist', '0 2 * * *', 'Mars/Phobos'],
  ])('refuses %s by name', (_, cron, timezone) => {
    expect(() => ask(cron, timezone, null, '2027-04-03T02:00:00Z')).toThrow(
      expect.objectContaining({
        code: 'config-invalid',
        message: expect.stringContaining(`"${cron}" in the time zone "${timezone}"`),
      }),
    );
  });
});
