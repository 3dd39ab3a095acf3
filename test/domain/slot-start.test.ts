import { expect, test } from 'vitest';
import { slotId, slotStart } from '../../src/domain/slot-start.ts';

const HOUR = 3_600_000;
const at = new Date('2026-11-02T02:00:00Z');
const next = new Date('2026-11-03T02:00:00Z');
const tenants = Array.from({ length: 1000 }, (_, index) => `tenant-${index}`);

test('tenants are spread evenly over the window, and each keeps its place in it', () => {
  const delays = tenants.map((tenantId) => {
    const slot = { tenantId, at };
    const start = slotStart(slot, { windowMs: 2 * HOUR, next });
    expect(slotStart({ tenantId, at: new Date(at) }, { windowMs: 2 * HOUR, next })).toEqual(start);
    return start.getTime() - at.getTime();
  });
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...delays)).toBeLessThan(2 * HOUR);
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const inside = delays.filter((delay) => Math.floor(delay / (HOUR / 2)) === quarter);
    expect(inside.length).toBeGreaterThan(200);
    expect(inside.length).toBeLessThan(300);
  }
});

test('the place changes from night to night', () => {
  const starts = [at, next].map((each) =>
    slotStart({ tenantId: 'acme', at: each }, { windowMs: 2 * HOUR, next: new Date(each.getTime() + 24 * HOUR) }),
  );
  expect(starts[1]).not.toEqual(new Date((starts[0]?.getTime() ?? 0) + 24 * HOUR));
});

test('without a window a slot starts at its time, and a window longer than the pause between slots is cut', () => {
  expect(slotStart({ tenantId: 'acme', at }, { windowMs: 0, next })).toEqual(at);
  const soon = new Date(at.getTime() + 5 * 60_000);
  for (const tenantId of tenants) {
    expect(slotStart({ tenantId, at }, { windowMs: 2 * HOUR, next: soon }).getTime()).toBeLessThan(soon.getTime());
  }
});

test('an id is a UUID that tenant, slot and attempt decide, and nothing else', () => {
  const slot = { tenantId: 'acme', at };
  expect(slotId(slot)).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(slotId({ tenantId: 'acme', at: new Date(at) })).toBe(slotId(slot));
  const ids = [slot, { ...slot, tenantId: 'globex' }, { ...slot, at: next }].map((each) => slotId(each));
  expect(new Set([...ids, slotId(slot, 'again')]).size).toBe(4);
});
