import { z } from 'zod';
import { ALERT_EVENTS } from '../src/domain/alert.ts';
import { SEVERITIES } from '../src/domain/severity.ts';
import { duration, email, receiverName, someWords, word } from './fields.ts';
import { refusal } from './refusal.ts';
import { secretRef } from './secret-ref.ts';

const common = {
  name: receiverName.optional().describe('Names the receiver in commands and logs; its type by default.'),
  on: z.array(z.enum(ALERT_EVENTS)).min(1).optional().describe('What it is told of.'),
  minSeverity: z.enum(SEVERITIES).optional().describe('Findings below it are left to the reports.'),
  tenants: someWords.optional().describe('Tenant ids; * and ? are wildcards. All tenants by default.'),
  cooldown: duration.optional().describe('No second message about a tenant within this span.'),
};

const url = secretRef.describe('Where its address lies, which is a secret: { env }, { file } or { command }.');
const host = z
  .string()
  .regex(
    /^[a-zA-Z0-9.:-]{1,253}$/,
    refusal('is not the name of a host', 'write the name alone, as in smtp.example.com'),
  );
const from = z
  .string()
  .max(320)
  .regex(
    /^(?:[^<>\r\n]{1,100} <[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/,
    refusal('is not a sender', 'write an address, or "Name <address>"'),
  );

/** One receiver of alerts. */
export const receiverSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('slack'), ...common, url }),
  z.strictObject({
    type: z.literal('webhook'),
    ...common,
    url,
    secret: secretRef.describe('Where the key of the signature lies: 24 bytes or more in base64.'),
    privateAddress: z.boolean().optional().describe('true: the address may lie inside a private network.'),
  }),
  z
    .strictObject({
      type: z.literal('email'),
      ...common,
      host: host.describe('The server that takes the mail.'),
      port: z
        .int()
        .min(1)
        .max(65_535)
        .optional()
        .describe('465 speaks TLS from the start; others have to offer STARTTLS.'),
      from,
      to: z.array(email).min(1).max(50).optional().describe('Who gets what no owner below answers for.'),
      owners: z
        .record(word, email)
        .optional()
        .describe('By account id: who gets the findings on pages of that owner, and no others.'),
      user: secretRef.optional(),
      password: secretRef.optional(),
    })
    .check(({ value, issues }) => {
      if (issues.length > 0) return;
      const refuse = (message: string, hint: string) =>
        issues.push({ code: 'custom', message: refusal(message, hint), input: undefined });
      if (value.to === undefined && Object.keys(value.owners ?? {}).length === 0)
        refuse('names nobody who gets the mail', 'add to: [ops@example.com], or owners');
      if ((value.user === undefined) !== (value.password === undefined))
        refuse('holds one of user and password', 'give both, or none where the server asks for none');
    }),
]);

export type WrittenReceiver = z.output<typeof receiverSchema>;
