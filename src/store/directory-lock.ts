import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AuditError } from '../domain/errors.ts';

const TOUCH_EVERY_MS = 15_000;
const STALE_AFTER_MS = 60_000;

/**
 * Takes a directory for this process, or throws `directory-locked`. PGlite itself does not notice a second process, and
 * the work of one of the two is lost. Two means, because neither is enough: a socket name that the kernel forgets with
 * the process (Linux; unknown to other containers), and a file that tells who holds it (everywhere; may go stale).
 */
export async function lockDirectory(dir: string): Promise<() => Promise<void>> {
  const releaseSocket = await takeSocket(dir);
  try {
    const releaseFile = await takeFile(dir, { deadHereForSure: process.platform === 'linux' });
    return async () => {
      releaseFile();
      await releaseSocket();
    };
  } catch (error) {
    await releaseSocket();
    throw error;
  }
}

/** An abstract socket: https://man7.org/linux/man-pages/man7/unix.7.html. Named by device and inode, so links are one. */
async function takeSocket(dir: string): Promise<() => Promise<void>> {
  if (process.platform !== 'linux') return async () => undefined;
  const { dev, ino } = statSync(dir);
  const name = `\0confluence-audit-worker:${createHash('sha256').update(`${dev}:${ino}`).digest('hex')}`;
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? locked(dir, 'another process on this machine') : error),
    );
    server.listen(name, resolve);
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

interface Holder {
  readonly token: string;
  readonly host: string;
  readonly pid: number;
}

/** `deadHereForSure`: the socket was free, so a holder on this very host is gone whatever its number says. */
async function takeFile(dir: string, { deadHereForSure }: { deadHereForSure: boolean }): Promise<() => void> {
  const path = join(dir, 'worker.lock');
  const mine: Holder = { token: randomUUID(), host: hostname(), pid: process.pid };
  const holder = readHolder(path);
  if (holder && isAlive(holder, path, deadHereForSure)) throw locked(dir, `process ${holder.pid} on ${holder.host}`);
  writeFileSync(path, JSON.stringify(mine), { mode: 0o600 });
  // Where two took over from the same dead holder, the last to write wins and the other sees it here.
  await sleep(20);
  if (readHolder(path)?.token !== mine.token) throw locked(dir, 'another process that started at the same moment');

  const touch = setInterval(() => {
    const now = new Date();
    if (readHolder(path)?.token === mine.token) utimesSync(path, now, now);
  }, TOUCH_EVERY_MS);
  touch.unref();
  return () => {
    clearInterval(touch);
    if (readHolder(path)?.token === mine.token) rmSync(path, { force: true });
  };
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder, path: string, deadHereForSure: boolean): boolean {
  if (holder.host !== hostname()) return Date.now() - statSync(path).mtimeMs < STALE_AFTER_MS;
  if (deadHereForSure || holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const locked = (dir: string, by: string): AuditError =>
  new AuditError('directory-locked', `The embedded database in ${dir} is in use by ${by}.`);
