import { z } from 'zod';
import { AuditError } from '../domain/errors.ts';
import { parseJson } from './json.ts';
import { atSite, isCloudId } from './place.ts';
import { createTransport } from './transport.ts';
import { siteOrigin } from './urls.ts';

const ATTEMPTS = 3;
const PAUSE_MS = 1_000;
const TIMEOUTS = { headersMs: 15_000, totalMs: 20_000 };

const tenantInfo = z.looseObject({ cloudId: z.string().refine(isCloudId) });

/**
 * The id by which the gateway knows a site, asked of the site without any credential. Where it cannot be told, the one of last
 * time holds. Throws `site-changed` where the two differ, and `cloud-id-unknown` where there is neither.
 */
export async function readCloudId(
  deps: {
    readonly site: string;
    readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
    readonly signal: AbortSignal;
  },
  lastTime: string | null,
): Promise<string> {
  const found = await ask(deps);
  if (deps.signal.aborted) throw new AuditError('interrupted', 'The run was told to stop; nothing more was sent.');
  if (found === null && lastTime === null) {
    throw new AuditError('cloud-id-unknown', `GET ${deps.site}/_edge/tenant_info did not tell the id of the site.`);
  }
  if (found !== null && lastTime !== null && found !== lastTime) {
    const said = `${deps.site} is the site ${found} now, last time it was ${lastTime}`;
    throw new AuditError('site-changed', `${said}; the credential was not sent.`);
  }
  return found ?? (lastTime as string);
}

async function ask({ site, sleep, signal }: Parameters<typeof readCloudId>[0]): Promise<string | null> {
  const place = atSite(siteOrigin(site).origin);
  const transport = createTransport({
    place: async () => place,
    authorize: async () => null,
    connections: 1,
    timeouts: TIMEOUTS,
    signal,
  });
  try {
    for (let attempt = 1; attempt <= ATTEMPTS && !signal.aborted; attempt += 1) {
      if (attempt > 1) await sleep(PAUSE_MS * attempt, signal).catch(() => undefined);
      const raw = await transport.send({ method: 'GET', pathAndQuery: '/_edge/tenant_info' }).catch(() => null);
      const told = raw?.status === 200 ? tenantInfo.safeParse(parseJson(raw.text)).data : undefined;
      if (told !== undefined) return told.cloudId.toLowerCase();
      // Any other answer than a passing failure comes again.
      if (raw !== null && raw.status < 500 && raw.status !== 429) return null;
    }
    return null;
  } finally {
    await transport.close();
  }
}
