import { defineFault } from './define-fault.ts';

const NOBODY = { everyone: false, anonymous: false, users: [], groups: [] };

/** A space is taken from the account right before this request is answered. */
export default defineFault<{ space: string }>({
  id: 'permission-lost',
  about: 'The account loses a space: from then on it is in no list, and nothing says that it was taken.',
  defaults: { space: '' },
  answer({ world, real }, { space }) {
    world.setSpaceAccess(space, { readers: NOBODY });
    return real();
  },
});
