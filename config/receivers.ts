import { type AlertEvent, USUAL_EVENTS } from '../src/domain/alert.ts';
import { anyMatch } from '../src/domain/scope.ts';
import type { Severity } from '../src/domain/severity.ts';
import { durationMs } from './duration.ts';
import type { WrittenReceiver } from './notify-schema.ts';
import type { SecretRef } from './secret-ref.ts';

/** Less than a day, or a nightly audit that ends a little earlier than the one before would be told a day late. */
const COOLDOWN = '20h';
const SUBMISSION_PORT = 587;

interface Common {
  readonly name: string;
  readonly on: readonly AlertEvent[];
  readonly minSeverity: Severity;
  readonly cooldownMs: number;
}

interface SlackReceiver extends Common {
  readonly type: 'slack';
  readonly url: SecretRef;
}

export interface WebhookReceiver extends Common {
  readonly type: 'webhook';
  readonly url: SecretRef;
  readonly secret: SecretRef;
  /** Whether its address may lie inside a private network. */
  readonly privateAddress: boolean;
}

export interface EmailReceiver extends Common {
  readonly type: 'email';
  readonly host: string;
  readonly port: number;
  readonly from: string;
  readonly to: readonly string[];
  /** Addresses by account id. */
  readonly owners: Readonly<Record<string, string>>;
  readonly login: { readonly user: SecretRef; readonly password: SecretRef } | null;
}

/** Whom to tell of what, with what the file leaves open spelt out; secrets only as references. */
export type Receiver = SlackReceiver | WebhookReceiver | EmailReceiver;

/** The receivers of the files; with a tenant those that are told of it. */
export const receiversOf = (written: readonly WrittenReceiver[], tenantId?: string): readonly Receiver[] =>
  written
    .filter(({ tenants }) => tenants === undefined || tenantId === undefined || anyMatch(tenants, [tenantId]))
    .map(receiverOf);

function receiverOf(written: WrittenReceiver): Receiver {
  const common = {
    name: written.name ?? written.type,
    on: written.on ?? USUAL_EVENTS,
    minSeverity: written.minSeverity ?? 'high',
    cooldownMs: durationMs(written.cooldown ?? COOLDOWN) ?? 0,
  };
  switch (written.type) {
    case 'slack':
      return { type: 'slack', ...common, url: written.url };
    case 'webhook': {
      const { url, secret, privateAddress = false } = written;
      return { type: 'webhook', ...common, url, secret, privateAddress };
    }
    case 'email': {
      const { host, port = SUBMISSION_PORT, from, to = [], owners = {}, user, password } = written;
      const login = user === undefined || password === undefined ? null : { user, password };
      return { type: 'email', ...common, host, port, from, to, owners, login };
    }
  }
}
