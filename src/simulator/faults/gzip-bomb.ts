import { gzipSync } from 'node:zlib';
import { defineFault } from './define-fault.ts';

const MEMBER_BYTES = 2 ** 20;

/** A gzip stream may have many members, so a bomb of any size is one small member over and over: 1 MB of blanks in about 1 kB. */
export default defineFault<{ inflated: number }>({
  id: 'gzip-bomb',
  about: 'A small compressed answer that inflates a thousandfold, to gigabytes if it were allowed to.',
  defaults: { inflated: 20 * 2 ** 30 },
  answer: (_struck, { inflated }) => ({
    status: 200,
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    bytes: members(Math.ceil(inflated / MEMBER_BYTES)),
  }),
});

function* members(count: number): Generator<Uint8Array> {
  const member = gzipSync(Buffer.alloc(MEMBER_BYTES, 0x20));
  for (let n = 0; n < count; n += 1) yield member;
}
