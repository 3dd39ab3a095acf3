import { defineFault } from './define-fault.ts';

/** Silence is what a client sees of a half-open connection: the other side is gone and nobody says so. */
export default defineFault<{ how: 'silence' | 'endless-headers' | 'trickle'; everyMs: number }>({
  id: 'stalled',
  about: 'The answer never comes, its headers never end, or its body comes a byte at a time.',
  defaults: { how: 'silence', everyMs: 1_000 },
  answer: ({ real }, { how, everyMs }) =>
    how === 'trickle' ? { ...real(), trickleMs: everyMs } : { status: 200, cut: how },
});
