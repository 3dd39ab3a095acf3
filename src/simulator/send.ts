import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { SimResponse } from './api/answers.ts';

/** Puts an answer on a socket, in every way in which a connection can fail. A client that hangs up is no failure of the site. */
export async function send(outgoing: ServerResponse, response: SimResponse, acceptsGzip: boolean): Promise<void> {
  switch (response.cut) {
    case 'before':
      outgoing.destroy();
      return;
    case 'reset':
      outgoing.socket?.resetAndDestroy();
      return;
    case 'silence':
      return;
    case 'endless-headers':
      await withoutEnd(outgoing);
      return;
    default:
  }
  if (response.bytes !== undefined) {
    outgoing.writeHead(response.status, { ...response.headers });
    await pipeline(Readable.from(response.bytes), outgoing).catch(() => undefined);
    return;
  }
  const gzip = acceptsGzip && response.body !== '' && response.headers['content-encoding'] === undefined;
  const bytes = gzip ? gzipSync(response.body) : Buffer.from(response.body);
  const encoding = gzip ? { 'content-encoding': 'gzip' } : {};
  const length = response.status === 204 ? {} : { 'content-length': String(bytes.length) };
  outgoing.writeHead(response.status, { ...response.headers, ...encoding, ...length });
  if (response.cut === 'middle') outgoing.write(half(bytes), () => outgoing.destroy());
  else if (response.trickleMs !== undefined) await drop(outgoing, bytes, response.trickleMs);
  else outgoing.end(bytes);
}

const half = (bytes: Buffer): Buffer => bytes.subarray(0, Math.ceil(bytes.length / 2));

const HEADER_EVERY_MS = 10;

/** A header every few milliseconds for as long as the client listens. */
async function withoutEnd(outgoing: ServerResponse): Promise<void> {
  const { socket } = outgoing;
  socket?.write('HTTP/1.1 200 OK\r\n');
  for (let n = 0; outgoing.socket?.writable === true; n += 1) {
    socket?.write(`x-${n}: 1\r\n`);
    await wait(HEADER_EVERY_MS);
  }
}

async function drop(outgoing: ServerResponse, bytes: Buffer, everyMs: number): Promise<void> {
  for (let at = 0; at < bytes.length && !outgoing.destroyed; at += 1) {
    outgoing.write(bytes.subarray(at, at + 1));
    await wait(everyMs);
  }
  outgoing.end();
}
