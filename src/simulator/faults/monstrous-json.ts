import { defineFault } from './define-fault.ts';

/** JSON within every limit of bytes that costs a parser far more memory than its length: `depth` brackets, or `items` values. */
export default defineFault<{ depth: number; items: number }>({
  id: 'monstrous-json',
  about: 'The answer is nested a million times, or has millions of empty items.',
  defaults: { depth: 0, items: 0 },
  answer: (_struck, { depth, items }) => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: `{"results":[${'['.repeat(depth)}${']'.repeat(depth)}${items > 0 ? '{}' : ''}${',{}'.repeat(Math.max(0, items - 1))}]}`,
  }),
});
