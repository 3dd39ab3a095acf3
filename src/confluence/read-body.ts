import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AuditError } from '../domain/errors.ts';
import { measureJson } from './json.ts';

export interface BodyCaps {
  /** Bytes on the wire. */
  readonly wire: number;
  /** Bytes after decompression. */
  readonly inflated: number;
  /** How deep JSON may nest. */
  readonly depth: number;
  /** How many values JSON may hold: an empty object takes two bytes on the wire and some fifty in memory. */
  readonly values: number;
}

export const DEFAULT_CAPS: BodyCaps = { wire: 64 * 2 ** 20, inflated: 64 * 2 ** 20, depth: 100, values: 2_000_000 };

/** JSON lists inflate about tenfold; beyond this ratio an answer is a bomb, unless it is small anyway. */
const RATIO = 100;
const SMALL = 4 * 2 ** 20;

const unzip = promisify(gunzip);

/** Reads a whole body within the caps and undoes gzip. Throws `response-too-large`, or what the stream threw. */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  headers: { readonly encoding: string; readonly length: string },
  caps: BodyCaps,
): Promise<string> {
  if (Number(headers.length) > caps.wire) throw tooLarge(caps.wire);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop destroys the stream, and with it the socket.
    if (size > caps.wire) throw tooLarge(caps.wire);
    chunks.push(chunk);
  }
  return sound(await decode(Buffer.concat(chunks, size), headers.encoding, caps), caps);
}

async function decode(raw: Buffer, encoding: string, caps: BodyCaps): Promise<string> {
  switch (encoding) {
    case '':
    case 'identity':
      return within(raw, caps.inflated).toString('utf8');
    case 'gzip':
    case 'x-gzip':
      return (await inflate(raw, caps.inflated)).toString('utf8');
    default:
      throw new AuditError('response-invalid', 'The answer is compressed in a way that was not asked for.');
  }
}

/** Refuses before the parser sees it what would cost it far more memory than its length. */
function sound(text: string, caps: BodyCaps): string {
  const { depth, values } = measureJson(text);
  if (depth > caps.depth)
    throw new AuditError('response-too-large', `The answer nests deeper than ${caps.depth} levels.`);
  if (values > caps.values)
    throw new AuditError('response-too-large', `The answer holds more than ${caps.values} values.`);
  return text;
}

async function inflate(raw: Buffer, cap: number): Promise<Buffer> {
  const limit = Math.min(cap, Math.max(SMALL, raw.length * RATIO));
  try {
    return await unzip(raw, { maxOutputLength: limit });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    throw cause;
  }
}

function within(raw: Buffer, cap: number): Buffer {
  if (raw.length > cap) throw tooLarge(cap);
  return raw;
}

const tooLarge = (cap: number): AuditError =>
  new AuditError('response-too-large', `The answer is larger than ${cap} bytes.`);
