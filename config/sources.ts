import { existsSync, globSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { z } from 'zod';
import { explain } from './explain.ts';
import { type Problem, placeOf } from './problem.ts';
import type { ConfigFile, fileSchema } from './schema.ts';
import { readYamlFile } from './yaml-file.ts';

/** One file as it was read: as it stands, and once it is valid also as the schema understands it. */
export interface Source {
  readonly name: string;
  readonly raw: unknown;
  readonly file: ConfigFile | null;
}

export interface Sources {
  /** The main file first, then what it includes, by name. */
  readonly files: readonly Source[];
  /** The patterns of `include`. */
  readonly includes: readonly string[];
  /** Where relative paths in the files start. */
  readonly folder: string;
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/** A second `defaults` would leave open which one wins; an included file holds only lists that add up. */
const MAIN_ONLY = ['extends', 'include', 'defaults', 'rules', 'actions', 'ceilings'];

/** The main config file and everything it includes; null where there is none and none was asked for. */
export function readSources(
  asked: string | null,
  { cwd, schema }: { readonly cwd: string; readonly schema: ReturnType<typeof fileSchema> },
): Sources | null {
  const path = resolve(cwd, asked ?? join('config', 'audit.yaml'));
  if (asked === null && !existsSync(path)) return null;
  const folder = dirname(path);
  const problems: Problem[] = [];
  const notes: string[] = [];
  const read = (file: string): Source | null => {
    const source = readSource(file, nameOf(file, cwd), schema);
    problems.push(...source.problems);
    return source.source;
  };

  const main = read(path);
  const includes = patternsOf(main);
  const included = includes.flatMap((pattern, index) => {
    const found = globSync(pattern, { cwd: folder }).map((file) => join(folder, file));
    if (found.length === 0 && main !== null) {
      const where = placeOf(main.name, ['include', index]);
      if (/[*?[{]/.test(pattern)) notes.push(`${where} matches no file.`);
      else problems.push({ where, message: 'names a file that does not exist', hint: `put it beside ${main.name}` });
    }
    return found;
  });
  const others = [...new Set(included)].filter((file) => file !== path).toSorted();
  const sources = others.map((file) => {
    const source = read(file);
    if (source !== null) problems.push(...misplaced(source));
    return source;
  });
  return { files: [main, ...sources].filter((source) => source !== null), includes, folder, problems, notes };
}

function readSource(
  path: string,
  name: string,
  schema: z.ZodType<ConfigFile>,
): { source: Source | null; problems: Problem[] } {
  const content = readYamlFile(path, name);
  if ('problem' in content) return { source: null, problems: [content.problem] };
  const answer = schema.safeParse(content.data);
  if (answer.success) return { source: { name, raw: content.data, file: answer.data }, problems: [] };
  const problems = explain(answer.error.issues, { file: name, data: content.data, schema });
  return { source: { name, raw: content.data, file: null }, problems };
}

/** Read from the raw file, so that mistakes elsewhere in it do not hide the mistakes in what it includes. */
function patternsOf(main: Source | null): string[] {
  const include = (main?.raw as { include?: unknown } | undefined)?.include;
  const patterns = Array.isArray(include) ? include : [];
  return patterns.filter(
    (entry): entry is string =>
      typeof entry === 'string' && entry !== '' && !entry.includes('..') && !isAbsolute(entry),
  );
}

const misplaced = ({ name, raw }: Source): Problem[] =>
  Object.keys(raw ?? {})
    .filter((key) => MAIN_ONLY.includes(key))
    .map((key) => ({
      where: placeOf(name, [key]),
      message: 'can only stand in the main config file',
      hint: 'an included file holds tenants, overrides, mutes, notify and apps',
    }));

/** As people call it: relative to where they are, where it lies there. */
function nameOf(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return near === '' || near.startsWith('..') || isAbsolute(near) ? path : near;
}
