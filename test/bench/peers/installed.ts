import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const TEN_MINUTES_MS = 600_000;

/** A folder with these packages, in PEERS_CACHE; or why there is none. They are never dependencies of the project. */
export async function installed(
  name: string,
  wanted: readonly string[],
): Promise<{ readonly folder: string } | { readonly why: string }> {
  const cache = process.env['PEERS_CACHE'];
  if (cache === undefined) return { why: 'PEERS_CACHE names no folder to install it in' };
  const folder = join(cache, name);
  const done = join(folder, 'installed');
  if (existsSync(done)) return { folder };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error'];
  try {
    await promisify(execFile)('npm', ['install', ...quiet, ...wanted], { cwd: folder, timeout: TEN_MINUTES_MS });
  } catch (error) {
    return { why: `could not be installed: ${String(error).split('\n')[0]}` };
  }
  writeFileSync(done, wanted.join('\n'));
  return { folder };
}
