import { defineFault } from './define-fault.ts';

/** An organisation that admits only some addresses. */
export default defineFault({
  id: 'ip-allow-list',
  about: 'The organisation has an IP allowlist and the address is not on it. The wording is not documented.',
  defaults: {},
  answer: () => ({
    status: 403,
    body: { statusCode: 403, message: 'Your IP address is not on the allowlist of this organization' },
  }),
});
