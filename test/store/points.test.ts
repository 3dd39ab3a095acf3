import { beforeAll, expect, test } from 'vitest';
import { addPoints } from '../../src/store/points.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';

const HOUR = new Date('2026-11-22T02:00:00Z');

eachDatabase('the points of an app', (open) => {
  let db: TestDatabase;
  const add = (tenant: string, entry: Partial<Parameters<typeof addPoints>[1]> = {}) =>
    db.store.withTenant(tenant, (tx) =>
      addPoints(tx, { app: 'acme-app', hour: HOUR, points: 100, atLeast: null, closedUntil: null, ...entry }),
    );
  beforeAll(async () => {
    db = await open();
  });

  test('are added up for the tenant and for all, hour by hour and app by app', async () => {
    expect(await add('a')).toEqual({ byAll: 100, byTenant: 100, closedUntil: null });
    expect(await add('b', { points: 30 })).toEqual({ byAll: 130, byTenant: 30, closedUntil: null });
    expect(await add('a', { points: 5 })).toEqual({ byAll: 135, byTenant: 105, closedUntil: null });
    const next = new Date(HOUR.getTime() + 3_600_000);
    expect(await add('a', { hour: next })).toEqual({ byAll: 100, byTenant: 100, closedUntil: null });
    expect(await add('a', { app: 'other' })).toMatchObject({ byAll: 100 });
  });

  test('are raised to what Confluence says, and never lowered', async () => {
    expect(await add('a', { app: 'told', atLeast: 5_000 })).toMatchObject({ byAll: 5_000 });
    expect(await add('b', { app: 'told', atLeast: 5_000 })).toMatchObject({ byAll: 5_100, byTenant: 100 });
    expect(await add('b', { app: 'told', atLeast: 10, points: 1 })).toMatchObject({ byAll: 5_101 });
  });

  test('are closed for every tenant, and an earlier end changes nothing', async () => {
    const closedUntil = new Date('2026-11-22T03:00:30Z');
    expect(await add('a', { app: 'shut', closedUntil })).toMatchObject({ closedUntil });
    expect(await add('b', { app: 'shut', closedUntil: new Date('2026-11-22T02:30:00Z') })).toMatchObject({
      closedUntil,
    });
  });

  test('are added together when many processes add at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => add(n % 2 === 0 ? 'a' : 'b', { app: 'rush', points: 3 })));
    expect(await add('a', { app: 'rush', points: 0 })).toMatchObject({ byAll: 60, byTenant: 30 });
  });
});
