import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockDirectory } from '../../src/store/directory-lock.ts';
import { openStore } from '../../src/store/open-store.ts';

const lockModule = new URL('../../src/store/directory-lock.ts', import.meta.url).href;

describe('the lock of the embedded database', () => {
  let dir: string;
  let holder: ChildProcess | undefined;

  /** Another process that holds the lock until it is killed. */
  async function hold(): Promise<ChildProcess> {
    const code = `import { lockDirectory } from '${lockModule}';
      await lockDirectory(process.argv[1]); process.stdout.write('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return child;
  }

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'audit-lock-'));
  });
  afterEach(() => {
    holder?.kill('SIGKILL');
    holder = undefined;
    rmSync(dir, { recursive: true, force: true });
  });

  test('a second process is told that the directory is in use, also by another path', async () => {
    holder = await hold();
    await expect(openStore({ dataDir: dir })).rejects.toMatchObject({ code: 'directory-locked', kind: { exit: 7 } });
    symlinkSync(dir, `${dir}-link`);
    try {
      await expect(lockDirectory(`${dir}-link`)).rejects.toMatchObject({ code: 'directory-locked' });
    } finally {
      rmSync(`${dir}-link`);
    }
    expect(existsSync(join(dir, 'database'))).toBe(false);
  });

  test('a killed process leaves the directory free at once', async () => {
    const child = await hold();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(dir, 'worker.lock'))).toBe(true);
    await (await lockDirectory(dir))();
    expect(existsSync(join(dir, 'worker.lock'))).toBe(false);
  });

  test('the lock is exclusive within one process too, and free after its release', async () => {
    const release = await lockDirectory(dir);
    await expect(lockDirectory(dir)).rejects.toMatchObject({ code: 'directory-locked' });
    await release();
    await (await lockDirectory(dir))();
  });

  test.each([
    ['is respected while it is touched', 10, true],
    ['is taken over when it was not touched for long', 120, false],
  ])('a holder on another machine, whose socket cannot be seen, %s', async (_, secondsAgo, respected) => {
    const file = join(dir, 'worker.lock');
    writeFileSync(file, JSON.stringify({ token: 'theirs', host: 'another-container', pid: 1 }));
    const touched = new Date(Date.now() - secondsAgo * 1000);
    utimesSync(file, touched, touched);
    const attempt = lockDirectory(dir).then(
      async (release) => {
        await release();
        return 'taken';
      },
      (error: unknown) => (error as { code: string }).code,
    );
    expect(await attempt).toBe(respected ? 'directory-locked' : 'taken');
  });
});
