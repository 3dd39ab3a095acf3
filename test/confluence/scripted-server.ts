import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Received {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Script = (received: Received, response: ServerResponse, count: number) => void;

/** A real HTTP server on loopback that answers as the script says and keeps what it received. */
export async function startScripted(script: Script) {
  const received: Received[] = [];
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(incoming);
    const target = incoming.url ?? '/';
    const url = new URL(target, 'http://127.0.0.1');
    const one = { method: incoming.method ?? '', target, url, headers: incoming.headers, body };
    received.push(one);
    script(one, response, received.length);
  };
  const server = createServer((incoming, response) => {
    void serve(incoming, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    site: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    paths: () => received.map(({ url }) => url.pathname),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers JSON as Confluence does. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'atl-traceid': 'trace0123456789', ...headers });
  response.end(JSON.stringify(body));
}

export const v2Error = (status: number, code: string, title: string): unknown => ({
  errors: [{ status, code, title, detail: null }],
});

export const KNOWN_USER = { type: 'known', accountId: 'aaid:1', accountType: 'atlassian', displayName: 'Audit Bot' };
