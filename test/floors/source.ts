import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOUSE = fileURLToPath(new URL('../../', import.meta.url));

export interface Source {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript and CommonJS file under these folders. */
export function readSources(folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) =>
    listed(folder)
      .filter((path) => /\.(?:ts|cjs)$/.test(path))
      .toSorted()
      .map((path) => ({ path, text: readFileSync(join(HOUSE, path), 'utf8') })),
  );
}

/** A room that is not built yet has no files. */
function listed(folder: string): readonly string[] {
  try {
    const entries = readdirSync(join(HOUSE, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(HOUSE.length).replaceAll('\\', '/'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The text without comments; the formatter puts every statement and every block comment on lines of their own. */
export const codeOf = ({ text }: Source): string =>
  text
    .replace(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\s\/\/\s.*$/gm, '');

/** What a file imports: the specifiers of static imports, re-exports and `import('…')`; `null` for one that is computed. */
export function importsOf(source: Source): readonly (string | null)[] {
  const code = codeOf(source);
  const quoted = [
    /^(?:import|export)\b[^;'"]*?\bfrom\s+['"]([^'"]+)['"]/gm,
    /^import\s+['"]([^'"]+)['"]/gm,
    /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g,
  ];
  const computed = code.match(/\bimport\((?!\s*['"])/g) ?? [];
  return [
    ...quoted.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? null)),
    ...computed.map(() => null),
  ];
}
