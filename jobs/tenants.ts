import { z } from 'zod';
import { closest } from '../src/domain/closest.ts';
import { scrub } from '../src/runtime/scrub.ts';
import { defineJob } from './define-job.ts';
import { add } from './tenants/add.ts';
import { authorize } from './tenants/authorize.ts';
import { grant } from './tenants/grant-reader.ts';
import { importMany } from './tenants/import.ts';
import { list } from './tenants/list.ts';
import { remove } from './tenants/remove.ts';
import { rotate } from './tenants/rotate.ts';
import { set } from './tenants/set.ts';
import { disable, enable } from './tenants/switch.ts';
import { FLAGS, type Flags, refusal, type Verb } from './tenants/verb.ts';
import { verify } from './tenants/verify.ts';

const VERBS: Readonly<Record<string, Verb>> = {
  list,
  add,
  import: importMany,
  set,
  verify,
  authorize,
  rotate,
  disable,
  enable,
  remove,
  'grant-reader': grant,
};

const NOT_HERE =
  'other users of this machine see arguments, and the shell remembers them. Pipe the secret in, name a file with --secret-file, or type it when asked; if it was a real one, revoke it.';

export default defineJob({
  name: 'tenants',
  summary:
    'The registry of tenants and their sealed credentials: adds, changes, verifies, rotates, disables and removes.',
  examples: [
    'npm run tenants -- add acme --site https://acme.atlassian.net --email bot@acme.example --expires 2027-05-01',
    'npm run tenants -- import < tenants.ndjson',
    "npm run tenants -- set acme mode=apply 'schedule.cron=0 3 * * *'",
    'npm run tenants -- rotate acme --secret-file /run/secrets/acme',
    'npm run tenants -- disable acme',
  ],
  flags: FLAGS,
  refuses: Object.fromEntries(
    ['token', 'secret', 'password', 'api-token', 'apitoken', 'key', 'api-key', 'client-secret'].map((name) => [
      name,
      NOT_HERE,
    ]),
  ),
  operands: {
    names: `${Object.keys(VERBS).join('|')} …`,
    about: Object.values(VERBS)
      .map(({ words, about }) => `\n    ${words}: ${about}`)
      .join(''),
    schema: z.array(z.string()).min(1),
  },
  async run(context, flags, [name = '', ...words]) {
    assertNoSecret([...words, ...Object.values(flags)]);
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (verb === undefined) {
      const nearest = closest(name, Object.keys(VERBS));
      const meant = nearest === null ? '' : ` Did you mean ${nearest}?`;
      throw refusal(`tenants knows ${Object.keys(VERBS).join(', ')}.${meant}`);
    }
    for (const flag of Object.keys(flags) as (keyof Flags)[]) {
      if (flags[flag] === undefined || verb.takes.includes(flag)) continue;
      throw refusal(`--${flag} does not go with \`tenants ${name}\`.`);
    }
    return verb.run(context, flags, words);
  },
});

/** Behind `auth.token=` stands where the token lies; anything else there is one. */
function assertNoSecret(given: readonly unknown[]): void {
  for (const word of given.flat()) {
    if (typeof word !== 'string') continue;
    const [, key = '', value = word] = /^([\w.-]+)=(.*)$/s.exec(word) ?? [];
    const pasted = key === 'auth.token' && !/^(sealed|null|)$/.test(value.trim()) && !value.trim().startsWith('{');
    if (pasted || scrub(value) !== value) throw refusal(`An argument looks like a secret: ${NOT_HERE}`);
  }
}
