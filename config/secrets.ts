import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { AuditError } from '../src/domain/errors.ts';
import type { Env } from './environment.ts';
import type { SecretRef } from './secret-ref.ts';

/** Where to look, and whose secret it is (`the token of tenant acme`), for the message when it is not there. */
export interface SecretPlace {
  readonly whose: string;
  readonly env: Env;
  /** Where relative file paths start, and commands run. */
  readonly folder: string;
}

const COMMAND_MS = 10_000;
const run = promisify(execFile);

/** The secret behind a reference, read anew each time and kept nowhere. Errors name the place, never what lay in it. */
export async function readSecret(ref: SecretRef, place: SecretPlace): Promise<string> {
  if ('env' in ref) return present(place.env[ref.env], `the variable ${ref.env} is not set or empty`, place);
  if ('file' in ref) return present(await contentOf(ref.file, place), `the file ${ref.file} is empty`, place);
  return present(await outputOf(ref.command, place), 'its command printed nothing', place);
}

async function contentOf(path: string, place: SecretPlace): Promise<string> {
  try {
    return (await readFile(resolve(place.folder, path), 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw missing(
      `the file ${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown cause'})`,
      place,
    );
  }
}

/** What the command prints on stdout. Its stderr stays unseen: tools print secrets there when they complain. */
async function outputOf(command: string | readonly string[], place: SecretPlace): Promise<string> {
  const [program = '', ...words] = typeof command === 'string' ? ['/bin/sh', '-c', command] : command;
  try {
    const { stdout } = await run(program, words, {
      cwd: place.folder,
      env: { ...place.env },
      timeout: COMMAND_MS,
      killSignal: 'SIGKILL',
      maxBuffer: 1_048_576,
    });
    return stdout.trim();
  } catch (cause) {
    const { code, killed } = cause as { readonly code?: number | string; readonly killed?: boolean };
    const how =
      killed === true ? `did not end within ${COMMAND_MS / 1_000} seconds` : `ended with ${code ?? 'a signal'}`;
    // No cause: it would carry the command line and all that the command printed.
    throw missing(`its command ${how}`, place);
  }
}

function present(value: string | undefined, otherwise: string, place: SecretPlace): string {
  if (value === undefined || value.trim() === '') throw missing(otherwise, place);
  return value;
}

const missing = (why: string, { whose }: SecretPlace): AuditError =>
  new AuditError('secret-missing', `There is no secret for ${whose}: ${why}.`);
