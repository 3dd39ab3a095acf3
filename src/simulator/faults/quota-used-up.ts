import { defineFault } from './define-fault.ts';

/** The app's points of this hour are gone; `retryAfter` null leaves the header out. */
export default defineFault<{ retryAfter: string | null; reason: string }>({
  id: 'quota-used-up',
  about: 'The site answers 429 for the hourly quota of an app, with a documented reason or one that was seen.',
  defaults: { retryAfter: '1847', reason: 'confluence-quota-global-based' },
  answer: (_struck, { retryAfter, reason }) => ({
    status: 429,
    headers: {
      'content-type': 'text/plain',
      'ratelimit-reason': reason,
      ...(retryAfter === null ? {} : { 'retry-after': retryAfter }),
    },
    body: 'Too many requests',
  }),
});
