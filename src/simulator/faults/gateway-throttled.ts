import { defineFault } from './define-fault.ts';

/** The gateway's own 429, which names no time to wait. */
export default defineFault({
  id: 'gateway-throttled',
  about:
    'The gateway answers 429 without Retry-After and with a limit whose window it does not state (incident of 2026-04-22).',
  defaults: {},
  answer: () => ({
    status: 429,
    headers: {
      'content-type': 'text/plain',
      'x-ratelimit-limit': '360000',
      'x-failure-category': 'FAILURE CLIENT RATE LIMITED',
    },
    body: 'Too many requests',
  }),
});
