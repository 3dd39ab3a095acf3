import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { JobContext } from '../define-job.ts';
import { refuseFile } from '../flags/refuse-file.ts';

/** Where an export goes. Each piece is waited for, so that no more is held than the reader takes. */
export interface Destination {
  /** False where the reader has gone: nothing more will arrive. */
  write(text: string): Promise<boolean>;
  /** Makes what was written the result. */
  keep(): Promise<void>;
  /** Leaves nothing half written behind; after `keep` there is nothing to leave. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** stdout, or a file that appears under its name once it is whole; nobody but its owner may read it. */
export async function openDestination(
  { stdout, cwd }: Pick<JobContext, 'stdout' | 'cwd'>,
  out: string | undefined,
): Promise<Destination> {
  if (out === undefined) {
    return {
      write: (text) => toStream(stdout, text),
      keep: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const path = resolve(cwd, out);
  const part = `${path}.part`;
  const refuse = (error: unknown): never => refuseFile(`--out ${out}`, error);
  const file: FileHandle = await open(part, 'w', 0o600).catch(refuse);
  let kept = false;
  return {
    async write(text) {
      await file.appendFile(text).catch(refuse);
      return true;
    },
    async keep() {
      await file.close();
      await rename(part, path).catch(refuse);
      kept = true;
    },
    async [Symbol.asyncDispose]() {
      if (kept) return;
      await file.close();
      await rm(part, { force: true });
    },
  };
}

const toStream = (stdout: JobContext['stdout'], text: string): Promise<boolean> =>
  new Promise((resolved, rejected) => {
    stdout.write(text, (error) => {
      if (error === null || error === undefined) resolved(true);
      else if ('code' in error && error.code === 'EPIPE') resolved(false);
      else rejected(error);
    });
  });
