import type { LookupFunction } from 'node:net';
import type { EmailReceiver, Receiver, WebhookReceiver } from '../../config/receivers.ts';
import type { SecretRef } from '../../config/secret-ref.ts';
import { asAuditError } from '../domain/errors.ts';
import type { Message } from './message.ts';
import { post } from './post.ts';
import { refusedFor, type Sent } from './sent.ts';
import { slackBody } from './slack-body.ts';
import { sendMail, smtpOptions } from './smtp.ts';
import { signingKey, webhookBody, webhookHeaders } from './webhook-body.ts';

/** Sends one message to one receiver and tells how that ended. */
export type Send = (receiver: Receiver, message: Message) => Promise<Sent>;

interface SendDeps {
  /** Reads what lies behind a reference, anew each time. */
  readonly secret: (ref: SecretRef, whose: string) => Promise<string>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly lookup?: LookupFunction | undefined;
}

/** The ways to the receivers; secrets are read for each message and kept nowhere. */
export function createSend(deps: SendDeps): Send {
  const to = async (receiver: Receiver, message: Message): Promise<Sent> => {
    switch (receiver.type) {
      case 'slack':
        return post({
          ...(await lineTo(deps, receiver)),
          body: slackBody(message),
          headers: {},
          privateAddress: false,
        });
      case 'webhook':
        return toWebhook(deps, receiver, message);
      case 'email':
        return toMailbox(deps, receiver, message);
    }
  };
  return (receiver, message) => to(receiver, message).catch((error: unknown) => missing(error));
}

async function toWebhook(deps: SendDeps, receiver: WebhookReceiver, message: Message): Promise<Sent> {
  const key = signingKey(await deps.secret(receiver.secret, `the signatures of receiver ${receiver.name}`));
  if (key === null)
    return refusedFor('Its secret is not base64 of 24 bytes or more: `openssl rand -base64 32` makes one.');
  const body = webhookBody(message);
  const headers = webhookHeaders(message, body, { key, now: deps.now() });
  return post({ ...(await lineTo(deps, receiver)), body, headers, privateAddress: receiver.privateAddress });
}

const lineTo = async ({ secret, signal, lookup }: SendDeps, { url, name }: Exclude<Receiver, EmailReceiver>) => ({
  url: await secret(url, `the address of receiver ${name}`),
  signal,
  lookup,
});

async function toMailbox({ secret, signal }: SendDeps, receiver: EmailReceiver, message: Message): Promise<Sent> {
  const { login, from, name } = receiver;
  const auth =
    login === null
      ? null
      : {
          user: await secret(login.user, `the user of receiver ${name}`),
          pass: await secret(login.password, `the password of receiver ${name}`),
        };
  const to = recipientsOf(receiver, message);
  if (to.length === 0) return refusedFor('There is nobody to send it to.', { ofMessage: true });
  return sendMail(smtpOptions(receiver, auth), { from, to, message, signal });
}

/** A trial goes to everybody, but where only owners are named to the first of them. */
function recipientsOf({ to, owners }: EmailReceiver, message: Message): readonly string[] {
  if (message.kind === 'test') return to.length > 0 ? to : Object.values(owners).slice(0, 1);
  const { ownerAccountId } = message.digest;
  return ownerAccountId === null ? to : [owners[ownerAccountId] ?? []].flat();
}

/** A secret that is not there is a failure like any other: the message waits until somebody puts it there. */
function missing(error: unknown): Sent {
  const known = asAuditError(error);
  if (known === null) throw error;
  return refusedFor(known.message);
}
