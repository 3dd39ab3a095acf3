import { expect, inject, test } from 'vitest';
import { createLog } from '../../src/runtime/log.ts';
import { openQueue } from '../../src/schedule/queue.ts';
import { onDatabase, openPostgres } from '../database.ts';

const log = createLog({ level: 'error', format: 'json', now: () => new Date(), write: () => undefined });
const slot = { tenantId: 'acme', at: new Date(0) };

test('a database without the queue is prepared by the login that may; the worker needs no right to create anything', async () => {
  const { store, superuser, url, close } = await openPostgres();
  try {
    await superuser('drop schema pgboss cascade');
    await expect(openQueue({ store, adminUrl: null, log })).rejects.toMatchObject({ code: 'database-unprepared' });

    const adminUrl = onDatabase(inject('postgres').adminUrl, new URL(url ?? '').pathname.slice(1));
    const queues = await Promise.all([1, 2].map(() => openQueue({ store, adminUrl, log })));
    const sent = await Promise.all(queues.map((queue) => queue.enqueue(slot, slot.at)));
    expect(new Set(sent)).toEqual(new Set([false, true]));
    for (const queue of queues) await queue.stop();
    const [right] = await superuser(`select has_schema_privilege($1, 'pgboss', 'create') as may`, [
      new URL(url ?? '').username,
    ]);
    expect(right).toEqual({ may: false });

    const later = await openQueue({ store, adminUrl: null, log });
    expect(await later.enqueue(slot, slot.at)).toBe(false);
    await later.stop();
  } finally {
    await close();
  }
});

test('a database that was prepared half is prepared again', async () => {
  const { store, superuser, url, close } = await openPostgres();
  try {
    await superuser('delete from pgboss.queue');
    const adminUrl = onDatabase(inject('postgres').adminUrl, new URL(url ?? '').pathname.slice(1));
    const queue = await openQueue({ store, adminUrl, log });
    expect(await queue.enqueue(slot, slot.at)).toBe(true);
    await queue.stop();
  } finally {
    await close();
  }
});

test('tables of another version of the engine are refused', async () => {
  const { store, superuser, url, close } = await openPostgres();
  try {
    await superuser('update pgboss.version set version = version + 1');
    const adminUrl = onDatabase(inject('postgres').adminUrl, new URL(url ?? '').pathname.slice(1));
    await expect(openQueue({ store, adminUrl, log })).rejects.toMatchObject({ code: 'schema-newer' });
  } finally {
    await close();
  }
});
