import { readFileSync } from 'node:fs';
import { type ErrorCode, LineCounter, parseDocument } from 'yaml';
import type { Problem } from './problem.ts';

/** In our words, since the parser's own messages can quote the file, and with it a secret. */
const FAULTS: Partial<Record<ErrorCode, string>> = {
  DUPLICATE_KEY: 'names a key twice; keep one of them',
  BAD_INDENT: 'is not indented like its neighbours',
  TAB_AS_INDENT: 'is indented with tabs; YAML takes spaces only',
  MULTIPLE_DOCS: 'begins a second document; write one per file',
  TAG_RESOLVE_FAILED: 'uses a custom tag; plain YAML only',
  MISSING_CHAR: 'misses a closing quote, bracket or comma',
  RESOURCE_EXHAUSTION: 'is nested too deeply',
};

export type FileContent = { readonly data: unknown } | { readonly problem: Problem };

/** The plain data of one YAML file: no custom tags, no doubled keys, few aliases. An empty file is an empty group of keys. */
export function readYamlFile(path: string, name: string): FileContent {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const message = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? 'unknown cause'})`;
    return { problem: { where: name, message, hint: 'check the path and who may read the file' } };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines, resolveKnownTags: false });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) {
    const { line, col } = lines.linePos(fault.pos[0]);
    const message = FAULTS[fault.code] ?? 'is not valid YAML';
    return {
      problem: {
        where: `${name}:${line}:${col}`,
        message,
        hint: 'correct the line; quote values that hold : # { [ or *',
      },
    };
  }
  try {
    return { data: document.toJS({ maxAliasCount: 100 }) ?? {} };
  } catch {
    return {
      problem: {
        where: name,
        message: 'has aliases (*name) that are unknown or too many',
        hint: 'write the repeated parts out',
      },
    };
  }
}
