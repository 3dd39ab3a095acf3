import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Log } from './log.ts';
import { errorFields } from './log-fields.ts';

const BEAT_MS = 10_000;
/** A busy process may miss some beats; one that misses all of these hangs. */
const SILENT_SECONDS = 60;

const beatSchema = z.object({ at: z.iso.datetime(), pid: z.int() });

/** Keeps a file fresh for as long as this process turns; it is gone when the process has ended in order. */
export async function startHeartbeat({
  file,
  now,
  log,
}: {
  readonly file: string;
  readonly now: () => Date;
  readonly log: Log;
}): Promise<{ readonly alive: () => boolean; readonly stop: () => Promise<void> }> {
  let working = true;
  let beatenAt = now();
  let writing = Promise.resolve();
  const write = async (): Promise<void> => {
    const part = `${file}.${process.pid}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(part, JSON.stringify({ at: now().toISOString(), pid: process.pid }), { mode: 0o600 });
      // Whoever looks sees a whole file.
      await rename(part, file);
      working = true;
      beatenAt = now();
    } catch (error) {
      if (working)
        log.warn('The heartbeat file cannot be written; `health` will call this process dead', errorFields(error));
      working = false;
    }
  };
  const beat = (): void => {
    writing = writing.then(write);
  };
  await write();
  const timer = setInterval(beat, BEAT_MS);
  timer.unref();
  return {
    alive: () => (now().getTime() - beatenAt.getTime()) / 1000 <= SILENT_SECONDS,
    stop: async () => {
      clearInterval(timer);
      await writing;
      await rm(file, { force: true }).catch(() => undefined);
    },
  };
}

/** What the file says of the process behind it, in one line. */
export async function readHeartbeat(
  file: string,
  now: Date,
): Promise<{ readonly healthy: boolean; readonly line: string }> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null)
    return { healthy: false, line: `unhealthy: there is no heartbeat in ${file}; \`start\` does not run here` };
  const beat = parse(text);
  if (beat === null) return { healthy: false, line: `unhealthy: ${file} is no heartbeat` };
  const seconds = Math.round((now.getTime() - Date.parse(beat.at)) / 1000);
  const line = `process ${beat.pid} last showed life ${seconds} s ago`;
  return seconds <= SILENT_SECONDS
    ? { healthy: true, line: `healthy: ${line}` }
    : { healthy: false, line: `unhealthy: ${line}, which is over ${SILENT_SECONDS} s` };
}

function parse(text: string): z.infer<typeof beatSchema> | null {
  try {
    return beatSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
