import { env, stdout } from 'node:process';

/** A number that the environment may give. */
export const given = (name: string, usual: number): number => Number(env[name] ?? usual);

/** Numbers with commas between them. */
export const givenList = (name: string, usual: string): number[] => (env[name] ?? usual).split(',').map(Number);

/** How often to measure; BENCH_ROUNDS says otherwise. */
export const rounds = (usual: number): number => given('BENCH_ROUNDS', usual);

/** The value below which so many per cent of the others lie. */
export const percentile = (values: readonly number[], percent: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor((values.length * percent) / 100))] ??
  Number.NaN;

export const median = (values: readonly number[]): number => percentile(values, 50);

/** One line of a report. */
export const tell = (line: string): void => void stdout.write(`${line}\n`);
