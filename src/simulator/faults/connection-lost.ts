import { defineFault } from './define-fault.ts';

/** The three moments at which a connection can break; to the client they look alike. */
export default defineFault<{ when: 'before-work' | 'after-work' | 'mid-body' }>({
  id: 'connection-lost',
  about: 'The connection is reset before the site has done its work, after it, or half way through the answer.',
  defaults: { when: 'after-work' },
  answer: ({ real }, { when }) => {
    if (when === 'before-work') return { status: 503, cut: 'reset' };
    return { ...real(), cut: when === 'mid-body' ? 'middle' : 'reset' };
  },
});
