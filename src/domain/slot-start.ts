import { createHash } from 'node:crypto';

/** One due time of one tenant's schedule. */
export interface Slot {
  readonly tenantId: string;
  readonly at: Date;
}

/** Whose slot is taken first where several wait. */
export type Priority = 'low' | 'normal' | 'high';

/**
 * When a slot's audit may start: somewhere in the window after it, always at the same place for the same slot, so that
 * tenants with one schedule do not start together. Never past the next slot, whatever the window says.
 */
export function slotStart(slot: Slot, { windowMs, next }: { readonly windowMs: number; readonly next: Date }): Date {
  const span = Math.max(0, Math.min(windowMs, next.getTime() - slot.at.getTime()));
  const share = hash(slot).readUIntBE(0, 6) / 2 ** 48;
  return new Date(slot.at.getTime() + Math.floor(share * span));
}

/** A UUID (version 8) that names the slot: whoever computes it, and however often, gets the same. `attempt` names a repeated delivery. */
export function slotId(slot: Slot, attempt = ''): string {
  const bytes = hash(slot, attempt).subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const hash = ({ tenantId, at }: Slot, attempt = ''): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([tenantId, at.toISOString(), attempt]))
    .digest();
