import type { LedgerWrite, Settled } from '../store/ledger.ts';
import type { Hand, WriteDeps } from './carry-out.ts';
import { labelsIfThere } from './look-at-pages.ts';
import { DID_NOT_HAPPEN, done, GONE, happened } from './settled.ts';

/** Labels. A repeated addition does nothing, but it is not told apart from one that did: so what is unknown is read back. */
export const labels: Hand = {
  async carryOut({ confluence }: WriteDeps, write: LedgerWrite): Promise<Settled> {
    if (write.action === 'add-label') await confluence.addLabel(write.pageId, write.mark);
    else await confluence.removeLabel(write.pageId, write.mark);
    return done(write);
  },
  async readBack({ confluence }, write) {
    const there = await labelsIfThere(confluence, write);
    if (there === null) return GONE;
    return there.includes(write.mark) === (write.action === 'add-label') ? happened() : DID_NOT_HAPPEN;
  },
};
