import { describe, expect, it } from 'vitest';
import { rungsDue, type Step } from '../../src/domain/ladder.ts';

const DAY = 86_400_000;
const day = (n: number): Date => new Date(n * DAY);
const label = (afterDays = 0): Step => ({
  kind: 'label',
  label: 'docaudit-stale',
  afterMs: afterDays * DAY,
  approval: false,
});
const comment = (afterDays = 0): Step => ({
  kind: 'comment',
  template: 'stale-owner',
  cooldownMs: 7 * DAY,
  afterMs: afterDays * DAY,
  approval: false,
});
const archive = (afterDays = 0): Step => ({ kind: 'archive', afterMs: afterDays * DAY, approval: true });

type Since = Partial<Record<Step['kind'], Date | 'blocked'>>;
const due = (steps: readonly Step[], openDay: number, nowDay: number, since: Since = {}) =>
  rungsDue(steps, { openSince: day(openDay), now: day(nowDay), standsSince: ({ kind }) => since[kind] ?? null });

const kinds = (...args: Parameters<typeof due>): string[] => due(...args).map(({ step }) => step.kind);

describe('rungsDue', () => {
  const steps = [label(), comment(14), archive(60)];

  it.each<[string, number, number, Since, string[]]>([
    ['the first step at once', 0, 0, {}, ['label']],
    ['only the first step of a finding that is old already', 0, 400, {}, ['label']],
    ['not the second before the first has stood for the difference', 0, 413, { label: day(400) }, ['label']],
    ['the second once the first has stood for the difference', 0, 414, { label: day(400) }, ['label', 'comment']],
    [
      'not the third before the second has stood for the difference',
      0,
      459,
      { label: day(400), comment: day(414) },
      ['label', 'comment'],
    ],
    ['the third after all of them', 0, 460, { label: day(400), comment: day(414) }, ['label', 'comment', 'archive']],
    ['nothing harder than a step that people keep taking away', 0, 900, { label: 'blocked' }, ['label']],
  ])('takes %s', (_, open, now, since, expected) => {
    expect(kinds(steps, open, now, since)).toEqual(expected);
  });

  it('goes by the present where the clock was set back', () => {
    expect(kinds([label()], 10, 9)).toEqual(['label']);
    expect(kinds([label(), comment(14)], 10, 9, { label: day(10) })).toEqual(['label']);
  });

  it('waits with a first step for the span it is given', () => {
    expect(kinds([label(3)], 10, 12)).toEqual([]);
    expect(kinds([label(3)], 10, 13)).toEqual(['label']);
  });

  it('takes steps together between which no time is asked for', () => {
    expect(kinds([label(), comment()], 0, 0)).toEqual(['label', 'comment']);
  });

  it('says when the next step would come', () => {
    const [first] = due(steps, 0, 400);
    expect(first?.next).toMatchObject({ step: { kind: 'comment' }, dueAt: day(414) });
    expect(due(steps, 0, 500, { label: day(400), comment: day(414) }).at(-1)?.next).toBeNull();
  });
});
