import { createInterface } from 'node:readline';
import type { Problem } from '../../config/problem.ts';
import { isObject, type JsonObject } from '../../src/domain/merge.ts';
import { isToken } from './read-token.ts';

/** One line of an import: a tenant as a file would have it, and its token where the line brings one. */
export interface ImportLine {
  readonly number: number;
  readonly settings: JsonObject;
  readonly token: string | null;
}

const MOST_LINES = 100_000;
const MOST_LETTERS = 100_000;

/** Reads tenants, a line of JSON each; a `secret` beside the settings is the token to be sealed. Every bad line is told. */
export async function readLines(
  input: NodeJS.ReadableStream,
  signal: AbortSignal,
): Promise<{ readonly lines: readonly ImportLine[]; readonly problems: readonly Problem[] }> {
  const lines: ImportLine[] = [];
  const problems: Problem[] = [];
  let number = 0;
  const reader = createInterface({ input, signal, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const text of reader) {
      number += 1;
      if (text.trim() === '') continue;
      const read =
        number > MOST_LINES ? wrong('is one too many', `import at most ${MOST_LINES} lines at once`) : lineOf(text);
      if ('message' in read) problems.push({ where: `line ${number}`, ...read });
      else lines.push({ number, ...read });
      if (number > MOST_LINES) break;
    }
  } finally {
    reader.close();
  }
  return { lines, problems };
}

type Wrong = Omit<Problem, 'where'>;
const wrong = (message: string, hint: string): Wrong => ({ message, hint });

function lineOf(text: string): Omit<ImportLine, 'number'> | Wrong {
  const data = text.length > MOST_LETTERS ? null : parsed(text);
  if (!isObject(data))
    return wrong('is not a tenant in JSON', 'write one object a line, with the keys of a tenant in a file');
  const { secret, ...settings } = data;
  const auth = isObject(settings['auth']) ? settings['auth'] : {};
  if (secret === undefined) {
    return auth['token'] === 'sealed'
      ? wrong('says that its token is sealed, and brings none', 'put it beside auth, as "secret"')
      : { settings, token: null };
  }
  if (typeof secret !== 'string' || !isToken(secret)) {
    return wrong('has a secret that is no token', 'write the token as it was shown, in quotes');
  }
  if ('token' in auth && auth['token'] !== 'sealed') {
    return wrong('has a secret and says that the token lies elsewhere', 'keep one of the two');
  }
  return { settings: { ...settings, auth: { ...auth, token: 'sealed' } }, token: secret };
}

/** What the parser says of bad JSON may quote it, and with it a secret. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
