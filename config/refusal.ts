/** A refusal as zod carries it: what is wrong, and on a second line what to do. `splitRefusal` takes the two apart again. */
export const refusal = (message: string, hint: string): string => `${message}\n${hint}`;

/** The two parts of a refusal; null for messages of zod's own. */
export function splitRefusal(text: string): { readonly message: string; readonly hint: string } | null {
  const [message = '', hint] = text.split('\n');
  return hint === undefined ? null : { message, hint };
}
