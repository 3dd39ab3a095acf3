import { createHash } from 'node:crypto';
import { createAnchors } from './body-anchors.ts';
import { createOutline } from './body-outline.ts';
import { createReferences } from './body-references.ts';
import { createStatements } from './body-statements.ts';
import { createTasks } from './body-tasks.ts';
import type { BodyFacts } from './facts.ts';
import { createOwnerProperty } from './owner-property.ts';
import type { Probes } from './probes.ts';
import { createReadableLines } from './readable-lines.ts';
import { SILENT } from './storage-elements.ts';
import { readStorage } from './storage-format.ts';
import { createVisibleText } from './visible-text.ts';

/** Rises whenever the same body may yield other facts, secrets included; stored beside them, so that old facts are drawn again. */
export const FACTS_VERSION = 4;

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
      if (SILENT.has(name)) silence += 1;
      visible.boundary(name);
      outline.open(name, attributes);
      owner.open(name, attributes);
      lines.open(name, attributes);
      references.open(name, attributes);
      anchors.open(name, attributes);
      statements.open(name, attributes);
      tasks.open(name, attributes);
      asked?.open(name, attributes);
    },
    close(name) {
      if (SILENT.has(name)) silence -= 1;
      visible.boundary(name);
      outline.close(name);
      owner.close(name);
      lines.close(name);
      references.close(name);
      anchors.close(name);
      statements.close(name);
      tasks.close(name);
      asked?.close(name);
    },
    text(chunk) {
      lines.text(chunk);
      anchors.text(chunk);
      outline.text(chunk, silence === 0);
      statements.text(chunk, silence === 0);
      tasks.text(chunk);
      asked?.text(chunk, silence === 0);
      if (silence > 0) return;
      visible.text(chunk);
      owner.text(chunk);
    },
  });
  const { complete: allHeadings, ...outlined } = outline.result();
  const { complete: allReferences, ...found } = references.result();
  const { complete: allAnchors, ...named } = anchors.result();
  const text = lines.result();
  const facts = {
    hash: createHash('sha256').update(storage).digest('hex'),
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
