import { defineFault } from './define-fault.ts';

/** What a gateway or a burst limit answers; `retryAfter` null leaves the header out, as most real answers do. */
export default defineFault<{ retryAfter: string | null; headers: Readonly<Record<string, string>> }>({
  id: 'throttled',
  about: 'The site answers 429, with any Retry-After that has been seen in the field.',
  defaults: { retryAfter: '1', headers: {} },
  answer: (_struck, { retryAfter, headers }) => ({
    status: 429,
    headers: {
      'content-type': 'text/plain',
      ...headers,
      ...(retryAfter === null ? {} : { 'retry-after': retryAfter }),
    },
    body: 'Too many requests',
  }),
});
