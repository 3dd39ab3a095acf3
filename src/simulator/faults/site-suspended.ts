import { defineFault } from './define-fault.ts';

const HTML = '<!doctype html><html><body><h1>Your site has been deactivated</h1></body></html>';

/** A site that its owner or Atlassian has switched off. */
export default defineFault<{ as: 404 | 503 | 'redirect' }>({
  id: 'site-suspended',
  about:
    'The edge shows a page in place of a suspended site. Its status is not documented, so each likely one can be had.',
  defaults: { as: 503 },
  answer: (_struck, { as }) =>
    as === 'redirect'
      ? { status: 302, headers: { location: 'https://www.atlassian.com/site-unavailable' } }
      : { status: as, headers: { 'content-type': 'text/html' }, body: HTML },
});
