const TIME_BYTES = 6;
const LENGTH = 16;

/**
 * A version 7 UUID: sorts by `now` in milliseconds, the rest is `random` (at least 16 bytes).
 * https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function uuidv7(now: Date, random: Uint8Array): string {
  if (random.length < LENGTH) throw new RangeError(`uuidv7 needs ${LENGTH} random bytes, got ${random.length}.`);
  const bytes = Buffer.from(random.subarray(0, LENGTH));
  bytes.writeUIntBE(now.getTime(), 0, TIME_BYTES);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
