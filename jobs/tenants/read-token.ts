import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AuditError } from '../../src/domain/errors.ts';
import type { JobContext } from '../define-job.ts';
import { askUnseen } from './ask-unseen.ts';
import { readLine } from './read-line.ts';
import { refusal } from './verb.ts';

const MOST = 4_096;

/** A token from a file, from what is piped in, or typed without being shown. What is wrong with it is told without repeating it. */
export async function readToken(context: JobContext, whose: string, file: string | undefined): Promise<string> {
  const text = file === undefined ? await fromStdin(context, whose) : await fromFile(resolve(context.cwd, file), file);
  const token = text.trim();
  if (token === '') throw refusal(`No token came for ${whose}; nothing was stored.`);
  if (!isToken(token))
    throw refusal(`What came for ${whose} is no token: it is over ${MOST} characters long or has blanks within.`);
  return token;
}

/** True for what can stand in a header as a token. */
export const isToken = (text: string): boolean => text.length <= MOST && /^[\x21-\x7e]+$/.test(text);

async function fromFile(path: string, name: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown cause';
    throw refusal(`--secret-file ${name}: the file cannot be read (${code}).`);
  }
}

async function fromStdin({ stdin, stderr, signal }: JobContext, whose: string): Promise<string> {
  const typed = await ('isTTY' in stdin && stdin.isTTY === true
    ? askUnseen({ input: stdin as NodeJS.ReadStream, output: stderr, signal }, `Token for ${whose} (not shown): `)
    : readLine(stdin, signal));
  if (signal.aborted) throw new AuditError('interrupted', 'Nothing was stored.');
  return typed ?? '';
}
