import type { Wire } from '../../src/confluence/transport.ts';
import type { SimRequest } from '../../src/simulator/routes.ts';
import type { createSite } from '../../src/simulator/site.ts';
import type { Evidence } from './evidence.ts';
import type { Life } from './life.ts';
import type { Time } from './time.ts';

type SimResponse = ReturnType<ReturnType<typeof createSite>['respond']>;

const HEADERS_TIMEOUT_MS = 60_000;
const TOTAL_TIMEOUT_MS = 180_000;

const socketError = (code: string, message: string): Error => Object.assign(new Error(message), { code });
const reset = (): Error => socketError('ECONNRESET', 'read ECONNRESET');

/** The network between one process and the sites, without a socket: every way in which it fails looks as it does to undici. */
export function createWire({
  sites,
  life,
  time,
  roll,
  evidence,
}: {
  /** By origin. */
  readonly sites: ReadonlyMap<string, (request: SimRequest) => SimResponse>;
  readonly life: Life;
  readonly time: Time;
  readonly roll: () => number;
  readonly evidence: Evidence;
}): Wire {
  const travel = (): Promise<void> => time.sleep(5 + Math.floor(roll() * 150));

  return async ({ origin, path, method, headers, body }) => {
    const what = `${method} ${path}`;
    await life.step('send', what, () => socketError('ECONNREFUSED', 'connect ECONNREFUSED'));
    const authorization = headers['authorization'] ?? '';
    const request = { worker: life.name, origin, method, path, authorization, body, sentAt: time.at() };
    const seen = evidence.sent(request);
    const respond = sites.get(origin);
    if (respond === undefined) throw socketError('ENOTFOUND', 'getaddrinfo ENOTFOUND');
    await travel();
    const answer = respond({ method, target: path, headers, body: body ?? '' });
    await travel();
    if (answer.cut === 'silence' || answer.cut === 'endless-headers') await time.sleep(HEADERS_TIMEOUT_MS);
    if (answer.trickleMs !== undefined) await time.sleep(TOTAL_TIMEOUT_MS);
    await life.step('answered', `${answer.status} ${what}`, reset);
    if (answer.cut === 'reset') throw reset();
    if (answer.cut === 'before') throw socketError('UND_ERR_SOCKET', 'other side closed');
    if (answer.cut === 'silence' || answer.cut === 'endless-headers')
      throw socketError('UND_ERR_HEADERS_TIMEOUT', 'Headers Timeout Error');
    if (answer.trickleMs !== undefined) throw new DOMException('The answer took too long.', 'TimeoutError');
    evidence.answered(seen, { status: answer.status, headers: answer.headers, at: time.at() });
    return { statusCode: answer.status, headers: answer.headers, body: bytesOf(answer) };
  };
}

async function* bytesOf(answer: SimResponse): AsyncGenerator<Uint8Array> {
  const whole = answer.bytes === undefined ? [Buffer.from(answer.body)] : [...answer.bytes];
  if (answer.cut === 'middle') {
    const [first = Buffer.alloc(0)] = whole;
    yield first.subarray(0, Math.ceil(first.length / 2));
    throw socketError('UND_ERR_SOCKET', 'other side closed');
  }
  const promised = Number(answer.headers['content-length'] ?? Number.NaN);
  yield* whole;
  if (promised > whole.reduce((sum, { length }) => sum + length, 0))
    throw socketError(
      'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
      'Response body length does not match content-length header',
    );
}
