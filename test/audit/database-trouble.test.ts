import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { eachNightShift, lines, type NightShift, writesAmong } from '../night-shift.ts';
import { openProxy } from '../tcp-proxy.ts';
import { shelf } from './shelf.ts';

const ADD = 'POST /wiki/rest/api/content/{id}/label';

/** Until it is taken back, the disk is full for every row of the table of which this is true. */
async function fullDisk(shift: NightShift, table: string, when: string): Promise<() => Promise<unknown>> {
  const { superuser } = shift.database();
  await superuser(`create or replace function audit.no_room() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`);
  await superuser(`create trigger no_room before insert or update on audit.${table} for each row when (${when})
    execute function audit.no_room()`);
  return () => superuser(`drop trigger no_room on audit.${table}`);
}

eachNightShift('a night whose database is in trouble', (shift) => {
  it('makes no write that could not be recorded beforehand', async () => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 3 });
    const tenant = await shift.tenant(world);
    const makeRoom = await fullDisk(shift, 'page_write', `new.state = 'intent'`);
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', reason: 'unexpected', writesDone: 0 });
    expect(writesAmong(tenant.asked())).toEqual([]);
    expect(labelled()).toEqual([]);
    await makeRoom();
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 3 });
    expect(labelled()).toEqual(stale);
  });

  it('stops at a write whose outcome could not be recorded, and settles it the night after', async () => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 3 });
    const tenant = await shift.tenant(world);
    const makeRoom = await fullDisk(shift, 'page_write', `new.state = 'done'`);
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', reason: 'unexpected', writesDone: 0 });
    expect(writesAmong(tenant.asked())).toEqual([ADD]);
    await makeRoom();
    shift.clock.pass({ days: 1 });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 3 });
    expect(labelled()).toEqual(stale);
    // What was written is not sent again.
    expect(writesAmong(tenant.asked())).toEqual([ADD, ADD]);
  });

  it('asks for no further list page once one could not be saved', async () => {
    const { world } = shelf(shift.clock, { runbooks: 1, others: 600 });
    const tenant = await shift.tenant(world);
    const makeRoom = await fullDisk(shift, 'page', 'true');
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', pagesSeen: 0 });
    expect(tenant.asked().filter((template) => template === 'GET /wiki/api/v2/pages')).toHaveLength(1);
    await makeRoom();
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 602 });
  });

  it('goes on where connections are cut again and again, and does nothing twice', async ({ skip }) => {
    const { url } = shift.database();
    if (url === null) return skip('The embedded database has no connections.');
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 3, others: 600 });
    const tenant = await shift.tenant(world);
    await using proxy = await openProxy(url);
    const store = await openStore({ databaseUrl: proxy.url, now: shift.clock.inSql });
    let pieces = 0;
    let cuts = 0;
    proxy.onSent = (_, cut) => {
      pieces += 1;
      if (pieces % 37 !== 0) return 'pass';
      cuts += 1;
      cut();
      return 'drop';
    };
    try {
      expect(await tenant.night({ store })).toMatchObject({ outcome: 'complete', pagesSeen: 604, writesDone: 3 });
      expect(cuts).toBeGreaterThan(5);
      expect(labelled()).toEqual(stale);
      expect(writesAmong(tenant.asked())).toEqual([ADD, ADD, ADD]);
      expect(lines(await tenant.view('run_log'), 'outcome pages_seen findings_new writes_done')).toEqual([
        'complete | 604 | 3 | 3',
      ]);
    } finally {
      await store.close();
    }
  });
});
