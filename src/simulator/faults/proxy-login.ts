import { defineFault } from './define-fault.ts';

/** The answer is the proxy's own; the request never reached the site. */
export default defineFault({
  id: 'proxy-login',
  about: 'A proxy between worker and site wants to be signed in to first (407).',
  defaults: {},
  answer: () => ({
    status: 407,
    headers: { 'proxy-authenticate': 'Basic realm="proxy"', 'content-type': 'text/html' },
    body: '<html><body>Proxy Authentication Required</body></html>',
  }),
});
