import type { Receiver } from '../../config/receivers.ts';
import type { Interest } from '../store/alert-changes.ts';

/** What a receiver wants to hear of a tenant. */
export const interestOf = (receiver: Receiver): Interest => ({
  on: receiver.on,
  minSeverity: receiver.minSeverity,
  owners: receiver.type === 'email' ? Object.keys(receiver.owners) : [],
});

/** Whether there is somebody to hear what no owner answers for. */
export const hearsAll = (receiver: Receiver): boolean => receiver.type !== 'email' || receiver.to.length > 0;
