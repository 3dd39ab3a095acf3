import { defineFault } from './define-fault.ts';

/** To a login page, another host or another path: none is ever followed. */
export default defineFault<{ status: number; location: string }>({
  id: 'redirected',
  about: 'The site redirects, for the moment or for good.',
  defaults: { status: 302, location: 'https://elsewhere.example/wiki' },
  answer: (_struck, { status, location }) => ({ status, headers: { location } }),
});
