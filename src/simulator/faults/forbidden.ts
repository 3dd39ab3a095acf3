import { defineFault } from './define-fault.ts';

/** `by` the site: JSON of v1. `by` a gateway: a refusal in the form of a web page, as a firewall or a limit answers. */
export default defineFault<{ by: 'site' | 'gateway' }>({
  id: 'forbidden',
  about: 'The request is refused with 403, by Confluence for a missing permission or by something in front of it.',
  defaults: { by: 'site' },
  answer: (_struck, { by }) =>
    by === 'site'
      ? { status: 403, body: { statusCode: 403, message: 'The caller may not view the content.' } }
      : { status: 403, headers: { 'content-type': 'text/html' }, body: '<html><title>Request blocked</title></html>' },
});
