import { defineFault } from './define-fault.ts';

const CHUNK = Buffer.alloc(64 * 1024, 0x20);

/** Blanks, which JSON allows in any number; made as they are sent. `sent` hears of each piece. */
export default defineFault<{ bytes: number; told: boolean; sent: (bytes: number) => void }>({
  id: 'huge-body',
  about: 'The answer is far larger than any list, with or without saying so beforehand.',
  defaults: { bytes: 500 * 2 ** 20, told: false, sent: () => undefined },
  answer: (_struck, { bytes, told, sent }) => ({
    status: 200,
    headers: { 'content-type': 'application/json', ...(told ? { 'content-length': String(bytes) } : {}) },
    bytes: blanks(bytes, sent),
  }),
});

function* blanks(bytes: number, sent: (bytes: number) => void): Generator<Uint8Array> {
  for (let left = bytes; left > 0; left -= CHUNK.length) {
    const piece = CHUNK.subarray(0, Math.min(left, CHUNK.length));
    sent(piece.length);
    yield piece;
  }
}
