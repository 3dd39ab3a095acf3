import { defineFault } from './define-fault.ts';

/** `done`: whether the site carried the request out before it failed. The statuses of a gateway come as text, without JSON. */
export default defineFault<{ status: number; retryAfter: string | null; done: boolean; body: unknown }>({
  id: 'server-error',
  about: 'The site or its gateway fails with a status of 500 or more, with or without Retry-After.',
  defaults: { status: 503, retryAfter: null, done: false, body: 'upstream connect error' },
  answer: ({ real }, { status, retryAfter, done, body }) => {
    if (done) real();
    return { status, headers: retryAfter === null ? {} : { 'retry-after': retryAfter }, body };
  },
});
