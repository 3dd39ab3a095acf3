import { readdirSync } from 'node:fs';
import { AuditError } from '../../src/domain/errors.ts';
import { closest } from '../../src/domain/closest.ts';
import type { Job } from '../define-job.ts';

const NOT_COMMANDS = new Set(['run', 'define-job']);

/** The commands of a folder: one file each, named like its job. */
export function jobNames(folder: URL): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .filter((name) => !NOT_COMMANDS.has(name))
    .toSorted();
}

/** The job of that name; a name that no file has is an `arguments-invalid` with the nearest one. */
export async function loadJob(folder: URL, name: string): Promise<Job> {
  const names = jobNames(folder);
  if (!names.includes(name)) {
    const nearest = closest(name, names);
    const meant = nearest === null ? '.' : `; did you mean "${nearest}"?`;
    throw new AuditError(
      'arguments-invalid',
      `There is no command "${name.slice(0, 60)}"${meant} Commands: ${names.join(', ')}.`,
    );
  }
  const module = (await import(new URL(`${name}.ts`, folder).href)) as { default?: Job };
  if (module.default?.name !== name) throw new Error(`jobs/${name}.ts does not export a job named "${name}".`);
  return module.default;
}
