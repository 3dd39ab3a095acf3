/** Marks that people leave in values that are none. */
const STAND_INS =
  /example|sample|dummy|placeholder|changeme|change-me|redacted|replace|your[-_ ]?|insert|todo|foobar|lorem|passw|secret|xxxx|\*\*\*|\.\.\.|1234567890|abcdef/i;
/** Something that is filled in by a program, or a place where a secret lies. */
const REFERENCE = /^[$%@{[(<]|\$\{|\{\{|\$\(|^(?:https?|vault|arn|ssm|op|env|file):|^\/|::|\(\)?$|^process\.env/i;
/** `payments/db-main_2`, `PaymentsDb2024`: where every part is a word or a short number, it is the name of something. */
const NAME = /^(?:[a-z]*|[A-Z]*|(?:[A-Z]?[a-z]+)+)\d{0,4}$/;
/** Hosts that exist for examples only. https://www.rfc-editor.org/rfc/rfc2606 */
const EXAMPLE_HOST = /@(?:[\w-]+\.)*(?:localhost|127\.0\.0\.1|example(?:\.(?:com|org|net))?|test|invalid)(?![\w.-])/i;
/** Keys that the documentation of Stripe shows to everybody. https://docs.stripe.com/keys */
const PUBLISHED: ReadonlySet<string> = new Set([
  'sk_test_4eC39HqLyjWDarjtT1zdp7dc',
  'sk_test_BQokikJOvBiI2HlWgH4olfQ2',
]);

const LEAST_BITS = 3.2;
/** Of small letters, capitals, digits and the rest; a long value may do with two. */
const LEAST_KINDS = 3;
const LONG = 24;

/** Keys that documentation prints everywhere (those of Amazon end in EXAMPLE), and passwords for hosts that do not exist. */
export const isExample = (value: string): boolean =>
  /EXAMPLE(?:KEY)?$/.test(value) || PUBLISHED.has(value) || EXAMPLE_HOST.test(value) || isRepeated(value);

/** Whether a value that is called a password can be one: mixed characters, hardly repeated, and no stand-in or reference. */
export function looksRandom(value: string): boolean {
  if (STAND_INS.test(value) || REFERENCE.test(value)) return false;
  if (value.split(/[-_./:]/).every((part) => NAME.test(part))) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(value)).length;
  const mixed = kinds >= LEAST_KINDS || (value.length >= LONG && /\d/.test(value) && kinds > 1);
  return mixed && bitsPerCharacter(value) >= LEAST_BITS;
}

/** Shannon's entropy over the characters of the value itself; ten that all differ have 3.3 bits each. */
function bitsPerCharacter(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** `AKIAXXXXXXXXXXXXXXXX`, `ghp_000000…`: hardly more than one character, repeated. */
const isRepeated = (value: string): boolean => /(.)\1{7}/.test(value) && bitsPerCharacter(value) < LEAST_BITS;
