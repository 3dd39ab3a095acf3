import { transcode } from 'node:buffer';
import { hash } from 'node:crypto';
import { ANCHORING, createAnchors } from './body-anchors.ts';
import { createOutline } from './body-outline.ts';
import { createReferences, REFERRING } from './body-references.ts';
import { LINED, type LineElement } from './body-lines.ts';
import { createStatements } from './body-statements.ts';
import { createTasks, TASKING } from './body-tasks.ts';
import { codesOf } from './characters.ts';
import type { BodyFacts } from './facts.ts';
import { createNameTable } from './name-table.ts';
import { createOwnerProperty, OWNING } from './owner-property.ts';
import type { Probes } from './probes.ts';
import { OUTLINED, type OutlineElement } from './outline-elements.ts';
import { createReadableLines } from './readable-lines.ts';
import { INLINE, SILENT, USUAL } from './storage-elements.ts';
import { readStorage } from './storage-format.ts';
import { createVisibleText } from './visible-text.ts';

/** Rises whenever the same body may yield other facts, secrets included; stored beside them, so that old facts are drawn again. */
export const FACTS_VERSION = 4;

const SILENCE = 1;
const OUTLINE = 2;
const OWNER = 4;
const REFERENCES = 8;
const ANCHORS = 16;
const STATEMENTS = 32;
const TASKS = 64;
const INSIDE_WORDS = 128;
/** Those whom text concerns only inside of their elements. */
const LISTENING = OWNER | ANCHORS | TASKS;
/** Who has to be told of an element: most concern few. */
const TOLD: readonly (readonly [bit: number, names: ReadonlySet<string>])[] = [
  [SILENCE, SILENT],
  [OUTLINE, new Set(OUTLINED.keys())],
  [OWNER, new Set(OWNING)],
  [REFERENCES, new Set(REFERRING)],
  [ANCHORS, new Set(ANCHORING)],
  [STATEMENTS, new Set(LINED.keys())],
  [TASKS, new Set(TASKING)],
  [INSIDE_WORDS, INLINE],
];

/** What an element is to all who read bodies, looked up once by its name. */
interface BodyElement extends OutlineElement, LineElement {
  readonly told: number;
}

const elementOf = (name: string): BodyElement => ({
  name,
  told: TOLD.reduce(
    (bits, [bit, names]) => (names.has(name) ? bits | bit : bits),
    name.startsWith('ri:') ? REFERENCES : 0,
  ),
  outlined: OUTLINED.get(name),
  lined: LINED.get(name),
});
const elementAt = createNameTable([...USUAL, ...TOLD.flatMap(([, names]) => [...names])], elementOf);

/** What one reading of a body yields. The text is for a search for secrets right away, and never stored. */
export interface ReadBody {
  readonly facts: Omit<BodyFacts, 'secrets'>;
  readonly text: string;
}

/** Draws every fact that rules use from one body in storage format, in time proportional to its length. */
export function readBody(storage: string, probes: Probes | null = null): ReadBody {
  const codes = codesOf(storage);
  const visible = createVisibleText(storage, codes);
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
  let listening = 0;
  const wellFormed = readStorage(storage, {
    element: elementAt,
    open(element, attributes) {
      const { name, told } = element;
      const parts = (told & INSIDE_WORDS) === 0;
      if ((told & SILENCE) !== 0) silence += 1;
      if (parts) visible.boundary();
      lines.open(name, parts, attributes);
      if ((told & OUTLINE) !== 0) outline.open(element, attributes);
      if ((told & STATEMENTS) !== 0) statements.open(element, attributes);
      if ((told & REFERENCES) !== 0) references.open(name, attributes);
      if ((told & LISTENING) !== 0) {
        listening += 1;
        if ((told & OWNER) !== 0) owner.open(name, attributes);
        if ((told & ANCHORS) !== 0) anchors.open(name, attributes);
        if ((told & TASKS) !== 0) tasks.open(name, attributes);
      }
      if (asked !== null) asked.open(element, attributes);
    },
    close(element) {
      const { name, told } = element;
      const parts = (told & INSIDE_WORDS) === 0;
      if ((told & SILENCE) !== 0) silence -= 1;
      if (parts) visible.boundary();
      lines.close(name, parts);
      if ((told & OUTLINE) !== 0) outline.close(element);
      if ((told & STATEMENTS) !== 0) statements.close(element);
      if ((told & REFERENCES) !== 0) references.close(name);
      if ((told & LISTENING) !== 0) {
        listening -= 1;
        if ((told & OWNER) !== 0) owner.close(name);
        if ((told & ANCHORS) !== 0) anchors.close(name);
        if ((told & TASKS) !== 0) tasks.close(name);
      }
      if (asked !== null) asked.close(element);
    },
    text(source, from, to) {
      const seen = silence === 0;
      lines.text(source, from, to);
      outline.text(source, from, to, seen);
      statements.text(source, from, to, seen);
      if (seen) visible.text(source, from, to);
      if (asked !== null) asked.text(source, from, to, seen);
      if (listening === 0) return;
      anchors.text(source, from, to);
      tasks.text(source, from, to);
      if (seen) owner.text(source, from, to);
    },
  });
  const { complete: allHeadings, ...outlined } = outline.result();
  const { complete: allReferences, ...found } = references.result();
  const { complete: allAnchors, ...named } = anchors.result();
  const text = lines.result();
  const facts = {
    hash: hashOf(storage, codes),
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
function hashOf(text: string, codes: Uint16Array): string {
  try {
    const bytes = new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength);
    return hash('sha256', transcode(bytes, 'utf16le', 'utf8'));
  } catch {
    return hash('sha256', text);
  }
}
