import { isIPv4 } from 'node:net';
import type { EmailReceiver } from '../../config/receivers.ts';
import { emailBody } from './email-body.ts';
import { idOf, type Message } from './message.ts';
import { refusedFor, type Sent } from './sent.ts';

const IMPLICIT_TLS_PORT = 465;
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
/** For all of it: a server that says a word now and then is never silent. */
const LONGEST_MS = 60_000;

interface Login {
  readonly user: string;
  readonly pass: string;
}

/** How a mail server is spoken to: encrypted before anything is said, except to this machine itself. */
export function smtpOptions({ host, port }: Pick<EmailReceiver, 'host' | 'port'>, auth: Login | null) {
  const secure = port === IMPLICIT_TLS_PORT;
  return {
    host,
    port,
    secure,
    // Without it nodemailer goes on in clear where a server, or somebody on the way, leaves STARTTLS out.
    requireTLS: !secure && !isLoopback(host),
    tls: { minVersion: 'TLSv1.2' as const },
    ...(auth === null ? {} : { auth: { user: auth.user, pass: auth.pass } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Hands one mail to a server and tells how that was answered; its Message-ID is made of the id of the message. Throws nothing. */
export async function sendMail(
  options: ReturnType<typeof smtpOptions>,
  {
    from,
    to,
    message,
    signal,
  }: { readonly from: string; readonly to: readonly string[]; readonly message: Message; readonly signal: AbortSignal },
): Promise<Sent> {
  // Loaded with the first mail: most commands send none, and it takes as long as half of their start.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(options);
  const { subject, text, html } = emailBody(message);
  const id = idOf(message);
  try {
    const sending = transport.sendMail({
      from,
      to: [...to],
      subject,
      text,
      html,
      messageId: `<${id}@confluence-audit-worker>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Docaudit-Alert': id },
    });
    const { rejected } = await Promise.race([
      sending,
      tooLate(AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)])),
    ]);
    return {
      ok: true,
      how:
        rejected.length === 0
          ? 'The mail server took it.'
          : `The mail server took it, but not for ${rejected.length} of ${to.length}.`,
    };
  } catch (error) {
    return explain(error);
  } finally {
    transport.close();
  }
}

/** Nodemailer takes no signal; what it still does after this nobody waits for. */
const tooLate = (stop: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const end = (): void => reject(Object.assign(new Error('It took too long.'), { code: 'ETIMEDOUT' }));
    if (stop.aborted) end();
    else stop.addEventListener('abort', end, { once: true });
  });

/** By nodemailer's code and the server's number; its text may repeat addresses and names. https://nodemailer.com/errors */
function explain(error: unknown): Sent {
  const { code, responseCode } = (error ?? {}) as { readonly code?: unknown; readonly responseCode?: unknown };
  const number = typeof responseCode === 'number' ? ` (${responseCode})` : '';
  const ofMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  const why =
    typeof code === 'string'
      ? (CAUSES[code] ?? 'the mail could not be handed over')
      : 'the mail could not be handed over';
  return refusedFor(`Not sent: ${why}${number}.`, { ofMessage });
}

const CAUSES: Readonly<Record<string, string>> = {
  EAUTH: 'the mail server refuses user or password',
  ECONNECTION: 'the connection to the mail server failed',
  EDNS: 'the name of the mail server could not be looked up',
  EENVELOPE: 'the mail server refuses sender or recipients',
  EMESSAGE: 'the mail server refuses the message',
  ESOCKET: 'the connection to the mail server failed',
  ETIMEDOUT: 'the mail server did not answer in time',
  ETLS: 'no encrypted connection to the mail server came about',
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
