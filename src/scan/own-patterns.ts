import { isExample, looksRandom } from './likely.ts';

/** Something that looks like a secret, with its value: for the scanner alone, and only as long as it takes to hash it. */
export interface Hit {
  readonly type: string;
  readonly value: string;
  readonly index: number;
  readonly certain: boolean;
}

interface Pattern {
  readonly type: string;
  /** The value is its first group, else all of it. */
  readonly expression: RegExp;
  readonly certain: boolean;
  readonly real?: (value: string) => boolean;
}

/** A word that announces a secret, then `=`, `:` or the next cell of the row, then the value up to a blank. */
const NAMED =
  /(?:passw(?:or[dt]|d)|kennwort|secret|(?:access|auth|api|bearer|refresh)[-_ ]?token|api[-_ ]?key|client[-_ ]?secret)["'`]?[ ]?(?:[:=]|:=|=>|\t)[ \t]?["'`]?([^\s"'`<>,;]{10,200})/gi;

const PATTERNS: readonly Pattern[] = [
  { type: 'aws-access-key-id', expression: /(?<![A-Za-z0-9])AKIA[A-Z2-7]{16}(?![A-Za-z0-9])/g, certain: true },
  // https://cloud.google.com/docs/authentication/api-keys
  { type: 'google-api-key', expression: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g, certain: true },
  // https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/
  { type: 'atlassian-api-token', expression: /(?<![A-Za-z0-9])AT[AC]TT3x[\w=-]{60,400}/g, certain: true },
  {
    type: 'json-web-token',
    expression: /(?<![\w-])(eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000})(?![\w-])/g,
    certain: true,
    real: lastsLong,
  },
  { type: 'password', expression: NAMED, certain: false, real: looksRandom },
];

const LONG_LIVED_SECONDS = 30 * 86_400;

/** What the patterns of this program find: formats that secretlint's preset lacks, and values that a word calls a password. */
export function* findOwn(text: string): Generator<Hit> {
  for (const { type, expression, certain, real } of PATTERNS) {
    for (const match of text.matchAll(expression)) {
      const value = match[1] ?? match[0];
      if (isExample(value) || real?.(value) === false) continue;
      yield { type, value, index: match.index + match[0].lastIndexOf(value), certain };
    }
  }
}

/**
 * A token that never ends, or lasts for months, opens a door to whoever reads the page; sessions in examples ended long ago.
 * The sample of jwt.io, which half of all tutorials show, belongs to the user 1234567890. https://www.rfc-editor.org/rfc/rfc7519
 */
function lastsLong(token: string): boolean {
  const claims = jsonOf(token.split('.')[1] ?? '');
  if (claims === null || claims['sub'] === '1234567890') return false;
  const { exp, iat } = claims as { readonly exp?: unknown; readonly iat?: unknown };
  if (exp === undefined) return true;
  return typeof exp === 'number' && typeof iat === 'number' && exp - iat > LONG_LIVED_SECONDS;
}

function jsonOf(base64: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
