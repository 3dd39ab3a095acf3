import { defineFault } from './define-fault.ts';

const HTML = '<!doctype html><html><head><title>Log in with Atlassian account</title></head><body></body></html>';

/** A login page in place of data: as 200 with HTML, or as the way to it. */
export default defineFault<{ redirect: boolean }>({
  id: 'login-page',
  about: 'The site sends a login page, as single sign-on and edge proxies do: 200 with HTML, or a redirect to it.',
  defaults: { redirect: false },
  answer: (_struck, { redirect }) =>
    redirect
      ? { status: 302, headers: { location: 'https://id.atlassian.com/login?continue=x' } }
      : { status: 200, headers: { 'content-type': 'text/html;charset=UTF-8' }, body: HTML },
});
