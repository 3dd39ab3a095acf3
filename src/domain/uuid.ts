/**
 * A UUID of version 7, which sorts by the moment it was made. `random` gives at least ten bytes.
 * https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function uuidv7({ now, random }: { now: Date; random: Uint8Array }): string {
  const time = now.getTime().toString(16).padStart(12, '0');
  const rest = Array.from(random.subarray(0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = '89ab'.charAt((random[2] ?? 0) & 3);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${variant}${rest.slice(5, 8)}-${rest.slice(8, 20)}`;
}
