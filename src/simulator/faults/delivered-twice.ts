import { defineFault } from './define-fault.ts';

/** A gateway that repeats a request by itself, as some do when the server behind them is slow. */
export default defineFault({
  id: 'delivered-twice',
  about: 'The site gets the same request twice and carries it out twice; the client hears of the second time.',
  defaults: {},
  answer: ({ real }) => {
    real();
    return real();
  },
});
