import { z } from 'zod';
import { durationMs } from '../../config/duration.ts';
import { AuditError } from '../../src/domain/errors.ts';
import type { ExitCode } from '../../src/domain/outcome.ts';
import type { JobContext } from '../define-job.ts';
import { commaList } from '../flags/comma-list.ts';

const WORD = z.string().min(1).optional();
const SWITCH = z.literal(true).optional();

/** The flags of all verbs; each verb says which it takes, and the settings say whether a value is right. */
export const FLAGS = {
  site: { value: 'URL', about: 'add: the address of the site.', schema: WORD },
  auth: {
    value: 'TYPE',
    about: 'add: basic (the default), scoped, bearer, oauth or client-credentials.',
    schema: WORD,
  },
  email: { value: 'ADDRESS', about: 'add: the account of a basic or scoped token.', schema: WORD },
  app: { value: 'ID', about: 'add: the entry of apps that an oauth or client-credentials tenant uses.', schema: WORD },
  expires: {
    value: 'DAY',
    about: 'add, rotate: the day on which the token ends, as Atlassian showed it.',
    schema: WORD,
  },
  'secret-file': {
    value: 'FILE',
    about: 'add, rotate: reads the token from this file and not from stdin.',
    schema: WORD,
  },
  grace: {
    value: 'SPAN',
    about: 'remove: how long the data is kept, in case it was a mistake; 7d by default.',
    schema: z
      .string()
      .transform((text, issues) => {
        const ms = durationMs(text);
        if (ms === null) issues.addIssue('must be a number and a unit (s, m, h, d, w) as in 7d');
        return ms === null ? z.NEVER : ms / 1_000;
      })
      .optional(),
  },
  now: { about: 'remove: deletes the data at once.', schema: SWITCH },
  tenant: { value: 'ID,ID', about: 'grant-reader: what the role may read.', schema: commaList.optional() },
  all: { about: 'grant-reader: the role may read every tenant.', schema: SWITCH },
  revoke: { about: 'grant-reader: takes the grant back.', schema: SWITCH },
  format: {
    value: 'table|json',
    about: 'How to print; a table by default.',
    schema: z.enum(['table', 'json']).optional(),
  },
} as const;

export type Flags = { readonly [Name in keyof typeof FLAGS]: z.output<(typeof FLAGS)[Name]['schema']> };

/** One verb of `tenants`. */
export interface Verb {
  /** As it is written: `rotate ID`. */
  readonly words: string;
  /** The rest of a sentence that begins with it. */
  readonly about: string;
  readonly takes: readonly (keyof Flags)[];
  /** `words` are what stands behind the verb. */
  run(context: JobContext, flags: Flags, words: readonly string[]): Promise<ExitCode>;
}

/** The one word that stands behind a verb. */
export function onlyWord(verb: Pick<Verb, 'words'>, words: readonly string[]): string {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) throw wrongWords(verb);
  return word;
}

export const wrongWords = ({ words }: Pick<Verb, 'words'>): AuditError => refusal(`Write \`tenants ${words}\`.`);

export const refusal = (message: string): AuditError => new AuditError('arguments-invalid', message);
