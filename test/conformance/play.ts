import type { Confluence } from '../../src/confluence/client.ts';
import { json, KNOWN_USER, startScripted } from '../confluence/scripted-server.ts';
import { createTestClient } from '../confluence/test-client.ts';
import type { Recorded } from './recorded.ts';

/** Gives the client one recorded answer to whatever it asks, and to the proof of identity a good one. */
export async function play<T>(
  answer: Pick<Recorded, 'status' | 'body' | 'headers'>,
  ask: (confluence: Confluence) => Promise<T>,
): Promise<T> {
  const { link, warning } = answer.headers;
  const headers = { ...(link === undefined ? {} : { link }), ...(warning === undefined ? {} : { warning }) };
  await using server = await startScripted(({ url }, response) => {
    if (url.pathname.endsWith('/user/current')) json(response, 200, KNOWN_USER);
    else json(response, answer.status, answer.body, headers);
  });
  await using client = createTestClient(server.site);
  return await ask(client.confluence);
}
