import { defineFault } from './define-fault.ts';
import { parameter } from '../list-answer.ts';

/** Cursors live for a time that nobody states; a list without one is answered. */
export default defineFault({
  id: 'cursor-expired',
  about: 'A cursor is refused in the middle of a list, as v2 refuses one that it does not know any more.',
  defaults: {},
  answer: ({ request, real }) =>
    parameter(request, 'cursor') === null
      ? real()
      : {
          status: 400,
          body: {
            errors: [
              {
                status: 400,
                code: 'INVALID_REQUEST_PARAMETER',
                title: 'The provided cursor was not valid',
                detail: null,
              },
            ],
          },
        },
});
