import { defineFault } from './define-fault.ts';

/** What another person, another worker or the clock does while a request is on its way; the request itself succeeds. */
export default defineFault<{ happens: () => void; afterwards: boolean }>({
  id: 'meanwhile',
  about: 'Something changes right before the site works on a request, or right after it.',
  defaults: { happens: () => undefined, afterwards: false },
  answer: ({ real }, { happens, afterwards }) => {
    if (!afterwards) happens();
    const answer = real();
    if (afterwards) happens();
    return answer;
  },
});
