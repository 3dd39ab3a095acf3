import { gzipSync } from 'node:zlib';
import { defineFault } from './define-fault.ts';

type Where = 'json' | 'length' | 'gzip';

const half = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length / 2));

/** A whole HTTP answer around half of a text: the JSON itself, the promised length, or the compressed stream ends too early. */
export default defineFault<{ where: Where }>({
  id: 'cut-short',
  about:
    'The answer ends in the middle: JSON that is cut, fewer bytes than Content-Length says, or half a gzip stream.',
  defaults: { where: 'json' },
  answer: ({ real }, { where }) => {
    const { status, headers, body } = real();
    const whole = Buffer.from(body);
    if (where === 'json') return { status, headers, bytes: [half(whole)] };
    if (where === 'gzip')
      return { status, headers: { ...headers, 'content-encoding': 'gzip' }, bytes: [half(gzipSync(whole))] };
    const told = { 'content-length': String(whole.length), connection: 'close' };
    return { status, headers: { ...headers, ...told }, bytes: [half(whole)] };
  },
});
