/**
 * Finds the next place of a sign in a text, or the end of it. Whoever asks from left to right goes over the text once, however often
 * the sign is far away: the answer stays right until it is passed.
 */
export function createFinder(sign: string): (text: string, from: number) => number {
  let known = '';
  let asked = 0;
  let found = -1;
  return (text, from) => {
    if (text !== known || from < asked || from > found) {
      const at = text.indexOf(sign, from);
      found = at < 0 ? text.length : at;
      known = text;
    }
    asked = from;
    return found;
  };
}
