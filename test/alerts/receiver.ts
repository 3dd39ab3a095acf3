import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { CANARY } from '../../src/simulator/canary.ts';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
}

/** The key of webhooks; its bytes hold the canary. */
export const HOOK_KEY = `whsec_${Buffer.from(CANARY.padEnd(32, '.')).toString('base64')}`;

/** A receiver on loopback whose address is a secret. It says `ok` unless answers wait in `next`; gone after the test. */
export async function openReceiver() {
  const received: Received[] = [];
  const next: Answer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
      const { status, headers = {}, text = 'ok' } = next.shift() ?? { status: 200 };
      response.writeHead(status, headers).end(text);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${CANARY}/hook`,
    received,
    next,
    /** The bodies since the last call, as JSON. */
    // The tests say themselves what they expect of a message.
    // oxlint-disable-next-line typescript/no-explicit-any
    take: (): any[] => received.splice(0).map(({ body }) => JSON.parse(body)),
  };
}

/** Whether a receiver that knows the key would take a message for ours; as docs/alerts.md says. */
export function isSigned({ headers, body }: Received, key = HOOK_KEY): boolean {
  const bytes = Buffer.from(key.replace('whsec_', ''), 'base64');
  const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return headers['webhook-signature'] === `v1,${createHmac('sha256', bytes).update(text).digest('base64')}`;
}
