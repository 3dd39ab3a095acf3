import { createHash } from 'node:crypto';
import type { BodyFacts } from './facts.ts';
import { readStorage } from './storage-format.ts';
import { createReferences } from './body-references.ts';
import { createVisibleText } from './visible-text.ts';

/** Rises whenever the same body may yield other facts; stored beside them, so that old facts are drawn again. */
export const FACTS_VERSION = 1;

/** Draws every fact that rules use from one body in storage format, in time proportional to its length. */
export function extractFacts(storage: string): BodyFacts {
  const text = createVisibleText();
  const references = createReferences();
  const wellFormed = readStorage(storage, {
    open(name, attributes) {
      text.open(name);
      references.open(name, attributes);
    },
    close(name) {
      text.close(name);
      references.close(name);
    },
    text: (chunk) => text.text(chunk),
  });
  const { words, headings, complete: allHeadings } = text.result();
  const { complete: allReferences, ...found } = references.result();
  return {
    hash: createHash('sha256').update(storage).digest('hex'),
    words,
    headings,
    ...found,
    damaged: !(wellFormed && allHeadings && allReferences),
  };
}
