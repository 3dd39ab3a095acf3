import { lookup } from 'node:dns';
import { isIPv4, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { parseRetryAfter } from '../domain/backoff.ts';
import { explainNetworkFailure } from '../network/network-failure.ts';
import { publicAddressesOnly } from '../network/public-address.ts';
import { refusedFor, type Sent } from './sent.ts';

const CONNECT_MS = 5_000;
const ANSWER_MS = 10_000;
/** Nothing of an answer is needed but its first word. */
const MOST_BYTES = 16 * 2 ** 10;

interface Post {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the address may lie inside a private network. */
  readonly privateAddress: boolean;
  readonly signal: AbortSignal;
  /** How names become addresses; the machine's way unless said otherwise. */
  readonly lookup?: LookupFunction | undefined;
}

/** Sends JSON to an address and tells how that was answered. Follows no redirect and reads little of the answer. Throws nothing. */
export async function post({ url: text, body, headers, privateAddress, signal, ...deps }: Post): Promise<Sent> {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || !isSafe(url)) return refusedFor('Its address is not an https:// address.');
  const resolve = deps.lookup ?? lookup;
  const addresses = publicAddressesOnly(resolve);
  const agent = new Agent({
    connections: 1,
    allowH2: false,
    connect: { timeout: CONNECT_MS, lookup: privateAddress ? resolve : addresses.lookup },
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
  });
  try {
    if (!privateAddress) addresses.origin(url.origin);
    // undici follows no redirect unless told to.
    const answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'confluence-audit-worker', ...headers },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS + ANSWER_MS)]),
    });
    const word = await firstWord(answer.body);
    return judge(answer.statusCode, word, headerOf(answer.headers, 'retry-after'), headerOf(answer.headers, 'date'));
  } catch (error) {
    return refusedFor(`No answer: ${explainNetworkFailure(error).why}.`);
  } finally {
    await agent.destroy();
  }
}

/** Encrypted, or on this machine; and without a name and a password, which would be sent to whoever answers. */
function isSafe({ protocol, hostname, username, password }: URL): boolean {
  if (username !== '' || password !== '') return false;
  const loopback =
    hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
  return protocol === 'https:' || (protocol === 'http:' && loopback);
}

/** The statuses by which a receiver refuses a message and not its sender. */
const OF_MESSAGE = new Set([400, 413, 415, 422]);

function judge(status: number, word: string | null, retryAfter: string | null, date: string | null): Sent {
  const told = word === null ? `Status ${status}` : `Status ${status}, ${word}`;
  if (status >= 200 && status < 300) return { ok: true, how: `${told}.` };
  if (status >= 300 && status < 400) return refusedFor(`${told}: redirects are not followed.`);
  return refusedFor(`${told}.`, { ofMessage: OF_MESSAGE.has(status), askedMs: parseRetryAfter(retryAfter, date) });
}

/** Slack says why in one word, as in `invalid_payload`; all else is a stranger's text and stays there. */
async function firstWord(body: AsyncIterable<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    // Leaving the loop destroys the stream, and with it the socket.
    if (size > MOST_BYTES) break;
  }
  const text = Buffer.concat(chunks).toString('latin1').trim();
  return /^[a-z_]{2,40}$/.test(text) ? text : null;
}

function headerOf(headers: Readonly<Record<string, string | string[] | undefined>>, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
