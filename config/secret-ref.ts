import { z } from 'zod';
import { refusal } from './refusal.ts';

const variable = z
  .string()
  .regex(
    /^[A-Z_][A-Z0-9_]{0,127}$/,
    refusal('is not the name of an environment variable', 'use capital letters, digits and _; never the secret itself'),
  );
const path = z.string().min(1).max(4_096);
const line = z.string().min(1).max(4_096);

const command = z.union([line, z.array(z.string().max(4_096)).min(1).max(100)], {
  error: refusal('is no command', 'write one line for the shell, or a list: the program and its arguments'),
});

const error = refusal(
  'must say where the secret lies; the secret itself must not stand in the file',
  'write { env: NAME }, { file: PATH }, { command: [PROGRAM, ARGUMENT] } or sealed',
);
const notSealed = refusal(
  'cannot be sealed: only the tokens of tenants lie in the database',
  'write { env: NAME }, { file: PATH } or { command: [PROGRAM, ARGUMENT] }',
);
/** A secret that was pasted as a key must not come back in the message about unknown keys. */
const onlyKeys = {
  error: (issue: { readonly code?: string }) => (issue.code === 'unrecognized_keys' ? error : undefined),
};

const elsewhere = [
  z.strictObject({ env: variable.describe('The environment variable that holds it.') }, onlyKeys),
  z.strictObject(
    { file: path.describe('The file that holds it; a relative path starts at the config file.') },
    onlyKeys,
  ),
  z.strictObject(
    { command: command.describe('What prints it: a line for the shell, or program and arguments.') },
    onlyKeys,
  ),
] as const;

/** Where a secret lies that only the street knows: of an app, of a receiver of messages. */
export const secretRef = z
  .union(elsewhere, { error: (issue) => (issue.input === 'sealed' ? notSealed : error) })
  .describe('Where the secret lies: { env }, { file } or { command }.');

/** Where the token of a tenant lies; the only way in which the config can speak of one. */
export const tokenRef = z
  .union([z.literal('sealed'), ...elsewhere], { error })
  .describe('Where the token lies: { env }, { file }, { command }, or sealed for one in the database.');

export type SecretRef = z.output<typeof secretRef>;
export type TokenRef = z.output<typeof tokenRef>;
