import { env, stdout } from 'node:process';

/** How often to measure; BENCH_ROUNDS says otherwise. */
export const rounds = (usual: number): number => Number(env['BENCH_ROUNDS'] ?? usual);

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** One line of a report. */
export const tell = (line: string): void => void stdout.write(`${line}\n`);
