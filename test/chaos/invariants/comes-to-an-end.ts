import type { Invariant } from './invariant.ts';

export const comesToAnEnd: Invariant = {
  id: 'I9',
  promise: 'every night ends, and after the last trouble all tenants become complete',
  broken: ({ endless, notes }) => {
    const nights = notes.filter(({ shift }) => shift.startsWith('recovery'));
    const last = nights.at(-1);
    // Where a worker that took over brought everything in order there is nothing to recover.
    const ends = last === undefined ? [] : [...last.results, ...last.written];
    const complete =
      last === undefined || (last.how === 'ended' && ends.every(({ outcome }) => outcome === 'complete'));
    const said = ends.map(({ tenantId, outcome, detail }) => `${tenantId} ${outcome} (${detail})`).join(', ');
    return [
      ...(endless === null ? [] : [endless]),
      ...(complete ? [] : [`not complete after the recovery: ${said === '' ? last?.how : said}`]),
    ];
  },
};
