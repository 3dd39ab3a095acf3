import { describe, expect, it } from 'vitest';
import type { SecretRef } from '../../config/secret-ref.ts';
import { readSecret } from '../../config/secrets.ts';
import { AuditError } from '../../src/domain/errors.ts';
import { folderWith } from './workshop.ts';

const SECRET = 's3cr3t-value';
const read = (ref: SecretRef, files: Record<string, string> = {}) =>
  readSecret(ref, {
    whose: 'the token of tenant acme',
    env: { ACME_TOKEN: SECRET, EMPTY: ' ', PATH: process.env['PATH'] },
    folder: folderWith(files),
  });
const failure = async (ref: SecretRef, files: Record<string, string> = {}): Promise<AuditError> => {
  const error: unknown = await read(ref, files).then(
    () => null,
    (cause: unknown) => cause,
  );
  if (error instanceof AuditError) return error;
  throw new Error('readSecret did not refuse');
};

describe('readSecret', () => {
  it.each<[string, SecretRef, Record<string, string>]>([
    ['a variable', { env: 'ACME_TOKEN' }, {}],
    ['a file beside the config', { file: 'keys/acme' }, { 'keys/acme': `${SECRET}\n` }],
    ['a file with Windows line ends', { file: 'acme' }, { acme: `${SECRET}\r\n` }],
    ['a program', { command: ['printf', '%s', SECRET] }, {}],
    ['a line for the shell', { command: 'echo "$ACME_TOKEN" | tr -d x' }, {}],
    ['a command that runs beside the config', { command: ['cat', 'acme'] }, { acme: SECRET }],
  ])('reads %s', async (_, ref, files) => {
    expect(await read(ref, files)).toBe(SECRET);
  });

  it('keeps the blanks and inner line ends that a file has on purpose', async () => {
    expect(await read({ file: 'a' }, { a: ' two\nlines\n\n' })).toBe(' two\nlines\n');
  });

  it('gives the words of a program to it as they are', async () => {
    expect(await read({ command: ['printf', '%s', '$ACME_TOKEN; id'] })).toBe('$ACME_TOKEN; id');
  });

  it.each<[string, SecretRef, string]>([
    ['a variable that is not set', { env: 'OTHER' }, 'the variable OTHER is not set or empty'],
    ['a variable without a value', { env: 'EMPTY' }, 'the variable EMPTY is not set or empty'],
    ['a file that does not exist', { file: 'none' }, 'the file none cannot be read (ENOENT)'],
    ['an empty file', { file: 'empty' }, 'the file empty is empty'],
    ['a command that prints nothing', { command: 'true' }, 'its command printed nothing'],
    ['a command that fails', { command: `echo ${SECRET}; echo ${SECRET} >&2; exit 3` }, 'its command ended with 3'],
    ['a program that does not exist', { command: ['no-such-program-here'] }, 'its command ended with ENOENT'],
  ])('refuses %s, naming whose secret is missing', async (_, ref, why) => {
    const error = await failure(ref, { empty: '\n' });
    expect(error.code).toBe('secret-missing');
    expect(error.message).toBe(`There is no secret for the token of tenant acme: ${why}.`);
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify(error.fields) + error.message).not.toContain(SECRET);
  });
});
