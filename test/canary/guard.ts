import { afterAll } from 'vitest';
import { leaksIn } from './canary.ts';

// Runs before each file of tests: whatever the program prints in this process passes here, and a secret among it fails the file.
const told: string[] = [];
const watch = (where: string, text: unknown): void => {
  for (const form of leaksIn(String(text))) told.push(`${where}: ${form}`);
};

for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
  stream.write = (...given: unknown[]) => {
    watch('a stream of the process', given[0]);
    return write(...given);
  };
}
for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
  // oxlint-disable-next-line no-console
  const say = console[name].bind(console);
  console[name] = (...given: unknown[]) => {
    for (const one of given) watch(`console.${name}`, typeof one === 'object' ? JSON.stringify(one) : one);
    say(...given);
  };
}

afterAll(() => {
  if (told.length > 0) throw new Error(`Secrets were printed: ${told.join(', ')}`);
});
