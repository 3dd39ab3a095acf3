import { transcode } from 'node:buffer';
import { hash } from 'node:crypto';
import { ANCHORING, createAnchors } from './body-anchors.ts';
import { createOutline, OUTLINED } from './body-outline.ts';
import { createReferences, REFERRING } from './body-references.ts';
import { LINED } from './body-lines.ts';
import { createStatements } from './body-statements.ts';
import { createTasks, TASKING } from './body-tasks.ts';
import type { BodyFacts } from './facts.ts';
import { createOwnerProperty, OWNING } from './owner-property.ts';
import type { Probes } from './probes.ts';
import { createReadableLines } from './readable-lines.ts';
import { SILENT } from './storage-elements.ts';
import { readStorage } from './storage-format.ts';
import { createVisibleText } from './visible-text.ts';

/** Rises whenever the same body may yield other facts, secrets included; stored beside them, so that old facts are drawn again. */
export const FACTS_VERSION = 4;

const LETTER_R = 114;
const SILENCE = 1;
const OUTLINE = 2;
const OWNER = 4;
const REFERENCES = 8;
const ANCHORS = 16;
const STATEMENTS = 32;
const TASKS = 64;
/** Who has to be told of an element: most concern few. */
const TOLD: ReadonlyMap<string, number> = toldBits([
  [SILENCE, SILENT],
  [OUTLINE, OUTLINED],
  [OWNER, OWNING],
  [REFERENCES, REFERRING],
  [ANCHORS, ANCHORING],
  [STATEMENTS, LINED],
  [TASKS, TASKING],
]);
const toldOf = (name: string): number =>
  (TOLD.get(name) ?? 0) | (name.charCodeAt(0) === LETTER_R && name.startsWith('ri:') ? REFERENCES : 0);

function toldBits(all: readonly (readonly [bit: number, names: Iterable<string>])[]): Map<string, number> {
  const bits = new Map<string, number>();
  for (const [bit, names] of all) for (const name of names) bits.set(name, (bits.get(name) ?? 0) | bit);
  return bits;
}

/** What one reading of a body yields. The text is for a search for secrets right away, and never stored. */
export interface ReadBody {
  readonly facts: Omit<BodyFacts, 'secrets'>;
  readonly text: string;
}

/** Draws every fact that rules use from one body in storage format, in time proportional to its length. */
export function readBody(storage: string, probes: Probes | null = null): ReadBody {
  const visible = createVisibleText();
  const outline = createOutline();
  const owner = createOwnerProperty();
  const lines = createReadableLines();
  const references = createReferences();
  const anchors = createAnchors();
  const statements = createStatements(storage);
  const tasks = createTasks();
  const probed = probes?.reader() ?? null;
  const asked = probed?.events ?? null;
  let silence = 0;
  const wellFormed = readStorage(storage, {
    open(name, attributes) {
      const told = toldOf(name);
      if ((told & SILENCE) !== 0) silence += 1;
      visible.boundary(name);
      if ((told & OUTLINE) !== 0) outline.open(name, attributes);
      if ((told & OWNER) !== 0) owner.open(name, attributes);
      lines.open(name, attributes);
      if ((told & REFERENCES) !== 0) references.open(name, attributes);
      if ((told & ANCHORS) !== 0) anchors.open(name, attributes);
      if ((told & STATEMENTS) !== 0) statements.open(name, attributes);
      if ((told & TASKS) !== 0) tasks.open(name, attributes);
      asked?.open(name, attributes);
    },
    close(name) {
      const told = toldOf(name);
      if ((told & SILENCE) !== 0) silence -= 1;
      visible.boundary(name);
      if ((told & OUTLINE) !== 0) outline.close(name);
      if ((told & OWNER) !== 0) owner.close(name);
      lines.close(name);
      if ((told & REFERENCES) !== 0) references.close(name);
      if ((told & ANCHORS) !== 0) anchors.close(name);
      if ((told & STATEMENTS) !== 0) statements.close(name);
      if ((told & TASKS) !== 0) tasks.close(name);
      asked?.close(name);
    },
    text(chunk, source, from, to) {
      lines.text(chunk);
      anchors.text(chunk);
      outline.text(chunk, silence === 0);
      statements.text(chunk, silence === 0);
      tasks.text(chunk);
      asked?.text(chunk, silence === 0);
      if (silence > 0) return;
      visible.text(source, from, to);
      owner.text(chunk);
    },
  });
  const { complete: allHeadings, ...outlined } = outline.result();
  const { complete: allReferences, ...found } = references.result();
  const { complete: allAnchors, ...named } = anchors.result();
  const text = lines.result();
  const facts = {
    hash: hashOf(storage),
    ...visible.result(),
    ...outlined,
    ...found,
    ...named,
    ownerProperty: owner.result(),
    ...statements.result(),
    tasks: tasks.result(),
    ...(probed === null ? {} : { probes: probed.result(text) }),
    damaged: !(wellFormed && allHeadings && allReferences && allAnchors),
  };
  return { facts, text };
}

/**
 * SHA-256 of the text in UTF-8. Of text that is no Latin-1 Node encodes a character at a time, which takes three times as long as the
 * hash; between buffers it does so at once, but refuses half a surrogate pair.
 */
const hashOf = (text: string): string =>
  hash('sha256', text.isWellFormed() ? transcode(Buffer.from(text, 'utf16le'), 'utf16le', 'utf8') : text);
