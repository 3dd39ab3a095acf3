/** Thrown away and re-raised by callers with their own words; the parser's message quotes the text. */
export const NOT_JSON: unique symbol = Symbol('not JSON');

/**
 * Parses JSON; whole numbers beyond 2^53 become strings of their digits, because ids may be sent as numbers and a rounded
 * id is another page's. Gives `NOT_JSON` instead of throwing.
 */
export function parseJson(text: string): unknown {
  try {
    // The reviver is slow on large lists, so it is used only where a long number may be in the text.
    return /[:[,]\s*-?\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source ?? '';
  const rounded = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source);
  return rounded ? source : value;
}
