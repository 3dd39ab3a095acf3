import manifest from '../../package.json' with { type: 'json' };
import type { Flag, Job } from '../define-job.ts';

/** The whole program on one screen. */
export function programHelp(jobs: readonly Job[]): string {
  return [
    `${manifest.name} ${manifest.version}`,
    manifest.description,
    '',
    'npm run COMMAND -- [FLAGS]',
    '',
    ...twoColumns(jobs.map(({ name, summary }) => [name, summary])),
    '',
    '`npm run COMMAND -- --help` lists the flags of a command.',
    '',
    'Exit codes: 0 complete, 1 unexpected error, 2 bad config or arguments, 3 findings at or above --fail-on,',
    '4 partial, 5 a tenant failed, 6 refused by a safety breaker, 7 another process holds the lock, 130/143 interrupted.',
    '',
  ].join('\n');
}

/** One command: what it does, its flags with their defaults, examples. */
export function jobHelp(job: Job): string {
  const operands = job.operands === undefined ? '' : `${job.operands.names} `;
  const flags = Object.entries(job.flags).map(([name, flag]): [string, string] => [
    `--${name}${flag.value === undefined ? '' : ` ${flag.value}`}`,
    `${flag.about}${defaultOf(flag)}`,
  ]);
  return [
    `npm run ${job.name} -- ${operands}[FLAGS]`,
    '',
    job.summary,
    '',
    ...twoColumns([
      ...(job.operands === undefined ? [] : [[job.operands.names, job.operands.about] as const]),
      ...flags,
      ['--help', 'Shows this.'],
    ]),
    '',
    'Examples:',
    ...job.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

function twoColumns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

function defaultOf(flag: Flag): string {
  const { success, data } = flag.schema.safeParse(undefined);
  return success && (typeof data === 'string' || typeof data === 'number') ? ` Default: ${data}.` : '';
}

export const versionLine = (): string => `${manifest.version}\n`;
