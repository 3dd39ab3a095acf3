import { globSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Env } from './environment.ts';

/**
 * Changes whenever the config file, one that it includes or a rule beside it does, and when such a file comes or goes. Reads none of
 * them: with a thousand tenants that takes longer than a busy process should be away.
 */
export function fileStamp(
  { env, cwd }: { readonly env: Env; readonly cwd: string },
  includes: readonly string[],
): string {
  const main = resolve(cwd, env['AUDIT_CONFIG']?.trim() || join('config', 'audit.yaml'));
  const folder = dirname(main);
  const beside = [...includes, 'rules/*.{yaml,yml}'].flatMap((pattern) => globSync(pattern, { cwd: folder }));
  const files = [main, ...beside.map((file) => join(folder, file)).toSorted()];
  return files.map((file) => `${file} ${stampOf(file)}`).join('\n');
}

/** A file that is put in the place of another has another number, whatever its time says. */
function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '-' : `${found.mtimeMs} ${found.size} ${found.ino}`;
}
