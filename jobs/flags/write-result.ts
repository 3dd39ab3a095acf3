import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { refuseFile } from './refuse-file.ts';

interface Named {
  /** The flag as it was given: `--out FILE`. */
  readonly flag: string;
  /** Makes the folder as well, where it is the folder that the flag names. */
  readonly makeFolder?: boolean;
}

/** Writes a result to the file that a flag names. */
export async function writeResult(path: string, text: string, { flag, makeFolder = false }: Named): Promise<void> {
  try {
    if (makeFolder) await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    refuseFile(flag, error);
  }
}
