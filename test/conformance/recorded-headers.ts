import { expect } from 'vitest';
import { classify } from '../../src/confluence/classify.ts';
import { readRateHeaders } from '../../src/confluence/rate-headers.ts';
import { atSite } from '../../src/confluence/place.ts';
import { cursorOf, nextInLinkHeader } from '../../src/confluence/urls.ts';
import type { HeaderCase } from './recorded.ts';

/** Seconds that each set of headers tells us to wait; all others tell nothing that can be used. */
const WAITS: Readonly<Record<string, number>> = { 'docs-quota': 1_847, 'docs-jira-burst': 1 };

/** Recorded and official sets of headers about rates. */
export function readLimits(cases: readonly HeaderCase[]): number {
  for (const { name = '', status = 0, headers = {} } of cases) {
    const lower = new Map(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
    const { waitMs, limit } = readRateHeaders(lower, status);
    expect([name, waitMs]).toEqual([name, name in WAITS ? (WAITS[name] ?? 0) * 1_000 : null]);
    // None of them states an enforced pace per second: those are quotas of an hour or marked as beta.
    expect([name, limit]).toEqual([name, null]);
    const verdict = classify({
      status,
      headers: lower,
      contentType: '',
      body: '{}',
      json: {},
      api: 'v2',
      through: 'site',
    });
    expect([name, verdict?.code]).toEqual([name, status === 429 ? 'rate-limited' : undefined]);
  }
  return cases.length;
}

/** Recorded Link headers: one of them has a next page. */
export function readLinks(cases: readonly HeaderCase[]): number {
  const cursors = cases.map(({ value = '' }) => {
    const next = nextInLinkHeader(value);
    return next === null ? null : cursorOf(next, atSite('https://x.example'));
  });
  const read = cursors.map(
    (cursor) =>
      cursor && (JSON.parse(Buffer.from(cursor, 'base64').toString()) as { contentOrder: string }).contentOrder,
  );
  expect(read).toEqual(['id', null, null, null]);
  return cases.length;
}
