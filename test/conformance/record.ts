import { demoWorlds } from '../../src/simulator/seed.ts';
import { startSite } from '../../src/simulator/server.ts';
import type { Exchange } from './exchange.ts';
import { routesAt } from '../../src/simulator/route-table.ts';

/** The smallest demo tenant on a port, with a record of everything that is asked of it and answered. */
export async function startRecording(now: () => Date) {
  const demo = demoWorlds({ now: now() }).find(({ id }) => id === 'quietgrid');
  if (demo === undefined) throw new Error('no world named quietgrid');
  const exchanges: Exchange[] = [];
  const at: Pick<Exchange, 'by' | 'wrong'> = { by: 'audit', wrong: false };
  const state = { at };
  const site = await startSite({
    world: demo.world,
    now,
    onExchange: (request, response) => {
      const pathname = request.target.split('?', 1)[0] ?? '';
      const route = routesAt(pathname).find((match) => match.route.method === request.method)?.route;
      exchanges.push({
        ...state.at,
        method: request.method,
        template: route?.template ?? pathname,
        target: request.target,
        requestBody: request.body,
        status: response.status,
        contentType: response.headers['content-type'] ?? '',
        body: response.body,
      });
    },
  });
  return {
    demo,
    site,
    exchanges,
    /** Who asks from now on. */
    turn(by: Exchange['by'], wrong = false): void {
      state.at = { by, wrong };
    },
  };
}

export type Recording = Awaited<ReturnType<typeof startRecording>>;
