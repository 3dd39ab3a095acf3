import { AuditError } from '../src/domain/errors.ts';

/** One mistake, said so that its reader can correct it without looking anything up. Never holds a value of the file. */
export interface Problem {
  /** File and path in it, as in `config/audit.yaml: tenants[0].site`, or the name of an environment variable. */
  readonly where: string;
  /** What is wrong, as the rest of a sentence that begins with the place. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** A place in a file as people write it: `tenants[2].auth.token`. */
export function placeOf(file: string, path: readonly PropertyKey[]): string {
  let place = '';
  for (const key of path) {
    if (typeof key === 'number') place += `[${key}]`;
    else if (/^[\w-]+$/.test(String(key))) place += place === '' ? String(key) : `.${String(key)}`;
    else place += `[${JSON.stringify(String(key).slice(0, 60))}]`;
  }
  return place === '' ? file : `${file}: ${place}`;
}

/** All mistakes as one failure: one is one line, several stand below a line that counts them. */
export function invalidSettings(problems: readonly Problem[]): AuditError {
  const lines = problems.map(
    ({ where, message, hint }) => `${where} ${message}: ${hint}${/[.?!]$/.test(hint) ? '' : '.'}`,
  );
  const count = lines.length > 1 ? [`${lines.length} mistakes in the settings.`] : [];
  return new AuditError('config-invalid', [...count, ...lines].join('\n'));
}
