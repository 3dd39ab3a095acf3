import { createHash } from 'node:crypto';
import { createLines } from './body-lines.ts';
import { dayIn } from './calendar-day.ts';
import { textOf } from './passage.ts';
import { type Pattern, patternOf } from './pattern.ts';

/** What a rule from outside wants to know of a body; it is answered while the body is read, since no body is stored. */
export type Probe =
  | { readonly kind: 'text'; readonly pattern: string }
  | { readonly kind: 'property'; readonly name: string; readonly value: string | null };

/** Null: not there. Of a text the line, of a property whether its value fits and the day that it names; never a word of either. */
export type ProbeAnswer = { readonly line: number } | { readonly fits: boolean; readonly day: string | null } | null;

/** Names a probe after what it asks. */
export const probeKey = (probe: Probe): string =>
  createHash('sha256').update(JSON.stringify(probe)).digest('hex').slice(0, 16);

/** The version of facts that answer these probes: that of the extractor, and what was asked beside it. */
export function factsVersionWith(extractor: number, probes: readonly Probe[]): string {
  if (probes.length === 0) return String(extractor);
  const keys = [...new Set(probes.map(probeKey))].toSorted();
  return `${extractor}:${createHash('sha256').update(keys.join()).digest('hex').slice(0, 16)}`;
}

const MAX_VALUE = 2_000;
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/\s*[:*?]+$/, '');

interface Searched {
  readonly key: string;
  readonly probe: Probe;
  readonly pattern: Pattern | null;
}

/** Makes the readers that answer these probes, one for each body; patterns are compiled once. */
export function createProbes(probes: readonly Probe[]) {
  const all = [...new Map(probes.map((probe) => [probeKey(probe), probe]))].map(([key, probe]): Searched => {
    const source = probe.kind === 'text' ? probe.pattern : probe.value;
    return { key, probe, pattern: source === null ? null : patternOf(source) };
  });
  const byName = new Map<string, Searched[]>();
  for (const each of all)
    if (each.probe.kind === 'property')
      byName.set(plain(each.probe.name), [...(byName.get(plain(each.probe.name)) ?? []), each]);
  return { reader: () => createReader(all, byName) };
}

export type Probes = ReturnType<typeof createProbes>;

/** Reads one body, fed with the events of `readStorage`: rows whose first cell, and lines whose beginning, names a property. */
function createReader(all: readonly Searched[], byName: ReadonlyMap<string, readonly Searched[]>) {
  const answers: Record<string, ProbeAnswer> = Object.fromEntries(all.map(({ key }) => [key, null]));
  let cells: string[] = [];
  let row = false;
  const settle = (name: string, value: string): void => {
    for (const { key, pattern } of byName.get(plain(name)) ?? []) {
      const said = value.trim().slice(0, MAX_VALUE);
      if (said === '') continue;
      answers[key] ??= { fits: pattern === null || pattern.find(said) !== null, day: dayIn(said) };
    }
  };
  const lines = createLines({
    row() {
      const [name, ...values] = cells;
      if (name !== undefined && values.length > 0) settle(name, values.join(' '));
      cells = [];
      row = false;
    },
    cell() {
      row = true;
      cells.push('');
    },
    line(line, times) {
      const text = textOf(line);
      const dated = [text, ...times.map(({ datetime }) => datetime)].join(' ');
      if (row) cells[cells.length - 1] = `${cells.at(-1) ?? ''} ${dated}`.trimStart();
      const colon = text.indexOf(':');
      if (!row && colon > 0) settle(text.slice(0, colon), dated.slice(colon + 1));
    },
    steps() {
      // Says nothing of properties.
    },
    hint() {
      // A hint is no value.
    },
  });
  const { end, ...events } = lines;
  return {
    /** Null where no probe asks for a property, which saves the work. */
    events: byName.size === 0 ? null : events,
    result(text: string): Readonly<Record<string, ProbeAnswer>> {
      end();
      for (const { key, probe, pattern } of all) {
        if (probe.kind !== 'text') continue;
        const at = pattern?.find(text) ?? null;
        answers[key] = at === null ? null : { line: text.slice(0, at).split('\n').length };
      }
      return answers;
    },
  };
}
