/** A refusal as zod carries it: what is wrong, and on a second line what to do. problems.ts takes the two apart again. */
export const refusal = (message: string, hint: string): string => `${message}\n${hint}`;
