import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { send } from '../../../src/simulator/send.ts';
import { createSite, type SimulatedSite } from '../../../src/simulator/site.ts';
import type { World } from '../../../src/simulator/world.ts';
import { withOldOperations } from './old-operations.ts';

interface SlowSite {
  readonly site: SimulatedSite;
  readonly close: () => Promise<void>;
}

/** A world on a port whose answers take as long as those of a site on the internet, under a limit in real time. */
export async function startSlowSite(
  world: World,
  { perSecond, latencyMs }: { readonly perSecond: number; readonly latencyMs: number },
): Promise<SlowSite> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const { site, respond } = createSite({ world, now: () => new Date(), url: `http://127.0.0.1:${port}` });
  site.faults.rateLimit = { perSecond, burst: perSecond, retryAfter: 'exact' };
  const answerOf = withOldOperations(site, respond);

  const answerOne = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    );
    const { method = 'GET', url = '/' } = incoming;
    const response = answerOf({ method, target: url, headers, body: await text(incoming) });
    await sleep(latencyMs);
    await send(outgoing, response, /\bgzip\b/.test(headers['accept-encoding'] ?? ''));
  };
  server.on('request', (incoming, outgoing) => {
    answerOne(incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  return {
    site,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}
