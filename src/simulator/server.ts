import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SimResponse } from './api/answers.ts';
import type { SimRequest } from './routes.ts';
import { send } from './send.ts';
import { createSite, type SimulatedSite, type SiteOptions } from './site.ts';
import type { World } from './world.ts';

async function toRequest(incoming: IncomingMessage): Promise<SimRequest> {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return { method: incoming.method ?? 'GET', target: incoming.url ?? '/', headers, body: await text(incoming) };
}

/** Puts a world on a port of the loopback interface. `close` also ends connections that are still open. */
export async function startSite(options: {
  world: World;
  now?: () => Date;
  port?: number;
  onExchange?: SiteOptions['onExchange'];
}): Promise<Served<SimulatedSite> & Pick<ReturnType<typeof createSite>, 'respond'>> {
  const { world, onExchange, now = () => new Date() } = options;
  return serve(options.port, (url) => {
    const { site, respond } = createSite({ world, now, url, onExchange });
    return { served: { ...site, respond }, respond };
  });
}

/** Something on a port, until it is closed. */
export type Served<Thing> = Thing & { close(): Promise<void>; readonly openSockets: () => Promise<number> };

/** Puts on a port what answers requests one by one; it learns its own address first. */
export async function serve<Thing extends object>(
  wantedPort: number | undefined,
  make: (url: string) => { readonly served: Thing; readonly respond: (request: SimRequest) => SimResponse },
): Promise<Served<Thing>> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const { served, respond } = make(`http://127.0.0.1:${port}`);

  const answerOne = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await toRequest(incoming);
    await send(outgoing, respond(request), /\bgzip\b/.test(request.headers['accept-encoding'] ?? ''));
  };
  server.on('request', (incoming, outgoing) => {
    answerOne(incoming, outgoing).catch((error: unknown) => {
      // A fault of the simulator itself must be seen; where the client hung up, nobody reads this.
      outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(`simulator: ${String(error)}`);
    });
  });

  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    server.closeAllConnections();
    await closed;
  };
  const openSockets = (): Promise<number> =>
    new Promise((resolve, reject) => {
      server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
    });
  return { ...served, close, openSockets };
}
