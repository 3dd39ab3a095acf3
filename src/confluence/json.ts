const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/** How deep a JSON text nests and how many values it holds at most, without parsing it. Of other texts it measures something. */
export function measureJson(text: string): { depth: number; values: number } {
  let depth = 0;
  let deepest = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    // [ and { differ in one bit, as ] and } do.
    else if ((code | 0x20) === 0x7b) {
      depth += 1;
      values += 1;
      if (depth > deepest) deepest = depth;
    } else if ((code | 0x20) === 0x7d) depth -= 1;
    else if (code === COMMA || code === COLON) values += 1;
  }
  return { depth: deepest, values };
}

/** Where the string that begins here ends; long bodies are skipped at the speed of a search. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; ; at += 1) {
    at = text.indexOf('"', at);
    if (at === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
}

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
