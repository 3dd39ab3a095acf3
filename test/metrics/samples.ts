import { PREFIX } from '../../src/metrics/process-metrics.ts';

/** The samples of a page by name and labels, our prefix left out; throws on a line that is none. */
export function samplesOf(text: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([\w:]+(?:\{.*\})?) ([-+.\de]+|nan)$/i.exec(line) ?? [];
      if (name?.startsWith(PREFIX) !== true) throw new Error(`No sample: ${line}`);
      return [name.slice(PREFIX.length), Number(value)];
    }),
  );
}

/** The names of the metrics that a page describes, whether they have samples now or not. */
export const metricsOf = (text: string): string[] =>
  [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name ?? '');
