import { writeFile } from 'node:fs/promises';
import { refuseFile } from './refuse-file.ts';

/** Writes a result to the file that a flag names; `flag` as it was given: `--out FILE`. */
export const writeResult = (path: string, text: string, flag: string): Promise<void> =>
  writeFile(path, text).catch((error: unknown) => refuseFile(flag, error));
