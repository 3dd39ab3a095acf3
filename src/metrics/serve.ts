import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { AuditError } from '../domain/errors.ts';
import type { Log } from '../runtime/log.ts';
import { errorFields } from '../runtime/log-fields.ts';

/** What a page says. */
export interface Answer {
  readonly status: 200 | 503;
  readonly type: string;
  readonly text: string;
}

export interface Pages {
  readonly port: number;
  /** Null: every address of this machine. */
  readonly host: string | null;
  /** By path; none may take long. */
  readonly pages: Readonly<Record<string, () => Promise<Answer>>>;
  readonly log: Log;
}

const CLIENT_MS = 5_000;
/** Whoever sends nothing and reads nothing for so long is gone. */
const SILENT_MS = 15_000;
const CONNECTIONS = 64;
const LONGEST_HEADERS = 8_192;

/** Serves a few pages to whoever asks with GET: no bodies, few connections, and nobody is waited for. Throws where the port is taken. */
export async function servePages({ port, host, pages, log }: Pages): Promise<{ readonly stop: () => Promise<void> }> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
    if (hasBody(request)) return refuse(response, 413);
    if (page === undefined) return refuse(response, 404);
    try {
      const { status, type, text } = await page();
      const length = Buffer.byteLength(text);
      response.writeHead(status, { 'content-type': type, 'content-length': length, 'cache-control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : text);
    } catch (error) {
      log.warn('A page for the operator could not be made', { endpoint: path, ...errorFields(error) });
      refuse(response, 503);
    }
  };

  const server = createServer(
    {
      requestTimeout: CLIENT_MS,
      headersTimeout: CLIENT_MS,
      keepAliveTimeout: CLIENT_MS,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: LONGEST_HEADERS,
    },
    (request, response) => void answer(request, response),
  );
  server.maxConnections = CONNECTIONS;
  server.setTimeout(SILENT_MS);
  try {
    await once(server.listen(host === null ? { port } : { port, host }), 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown failure';
    throw new AuditError('config-invalid', `METRICS_PORT: port ${port} cannot be opened (${code}).`, { cause });
  }
  // The port is an extra: what goes wrong with it later must not end the audits.
  server.on('error', (error) => log.warn('The port for the operator is in trouble', errorFields(error)));
  return {
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** What such a client sends besides is not read. */
function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-length': 0, connection: 'close' }).end();
}
