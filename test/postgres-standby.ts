import { appendFileSync, chmodSync, chownSync, cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './free-port.ts';
import type { Identity } from './postgres-binaries.ts';
import { launch } from './postgres-process.ts';

export interface Standby {
  readonly url: string;
  /** Makes it a server of its own; resolves when it takes writes. */
  promote(): Promise<void>;
  stop(): Promise<void>;
}

/** A copy of a running server under its own port, by the steps of https://www.postgresql.org/docs/15/continuous-archiving.html */
export async function startStandby({
  primary,
  data: from,
  ...place
}: {
  bin: string;
  data: string;
  scratch: string;
  who: Identity;
  primary: string;
}): Promise<Standby> {
  const data = join(place.scratch, 'standby');
  const client = new Client({ connectionString: primary });
  await client.connect();
  await client.query(`select pg_backup_start('standby', true)`);
  cpSync(from, data, { recursive: true, filter: (path) => !path.endsWith('postmaster.pid') });
  const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
  await client.end();
  writeFileSync(join(data, 'backup_label'), rows[0]?.labelfile ?? '');
  writeFileSync(join(data, 'standby.signal'), '');
  const { hostname, port } = new URL(primary);
  appendFileSync(
    join(data, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=${hostname} port=${port} user=postgres'\n`,
  );
  own(data, place.who);
  const server = await launch({ ...place, data, port: await freePort() });
  if (server === null) throw new Error('The standby did not start.');
  return {
    url: server.url,
    stop: server.stop,
    promote: async () => {
      const standby = new Client({ connectionString: server.url });
      await standby.connect();
      await standby.query('select pg_promote(true, 60)');
      await standby.end();
    },
  };
}

/** What root has copied belongs to whom Postgres runs as. */
function own(folder: string, { uid, gid }: Identity): void {
  if (uid === undefined || gid === undefined) return;
  chownSync(folder, uid, gid);
  chmodSync(folder, 0o700);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, name), uid, gid);
}
