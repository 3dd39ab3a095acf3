import { defineFault } from './define-fault.ts';
import { parameter } from '../list-answer.ts';

/** Shorter list pages of the same list are answered. */
export default defineFault<{ over: number; status: number }>({
  id: 'fails-over-long-lists',
  about: 'A gateway gives up on list pages of many rows.',
  defaults: { over: 100, status: 504 },
  answer: ({ request, real }, { over, status }) =>
    Number(parameter(request, 'limit')) > over
      ? { status, headers: { 'content-type': 'text/html' }, body: '<html><title>504</title></html>' }
      : real(),
});
