import { defineFault } from './define-fault.ts';

/** An answer that says 200 and is none: an error in the body, a list without its results, a page of text. */
export default defineFault<{ body: unknown; contentType: string }>({
  id: 'wrong-shape',
  about: 'The site answers 200 with JSON that has not the shape of the operation.',
  defaults: { body: { statusCode: 500, message: 'Something went wrong.' }, contentType: 'application/json' },
  answer: (_struck, { body, contentType }) => ({
    status: 200,
    headers: { 'content-type': contentType },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }),
});
