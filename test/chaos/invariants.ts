import { leaksIn } from '../canary/canary.ts';
import type { Facts } from './facts.ts';
import { originOf, wikiOf } from './theatre.ts';
import { OUR_LABEL, type Wiki } from './wiki.ts';
import { mostAttempts } from './budgets.ts';
import { askedToWaitMs } from './retry-after.ts';

export interface Invariant {
  readonly id: `I${number}`;
  readonly promise: string;
  /** What breaks it, in words; nothing where it holds. */
  readonly broken: (facts: Facts) => readonly string[];
}

const wikiIn = ({ wikis }: Facts, tenant: string): Wiki => {
  const wiki = wikis.find(({ name }) => name === wikiOf(tenant));
  if (wiki === undefined) throw new Error(`no wiki of ${tenant}`);
  return wiki;
};

const I1: Invariant = {
  id: 'I1',
  promise: 'the findings of a complete run are what the model says at some moment of it, page by page',
  broken: (facts) =>
    momentsOf(facts).flatMap(({ shift, tenant, from, to, verdicts }) =>
      [...wikiIn(facts, tenant).verdicts].flatMap(([pageId, history]) => {
        const before = history.filter(({ at }) => at <= from).at(-1);
        const during = history.filter(({ at }) => at > from && at <= to);
        const possible = [...(before === undefined ? [] : [before]), ...during].map(({ verdict }) => verdict);
        const said = verdicts.get(pageId) ?? 'none';
        if (possible.length === 0 || possible.includes(said)) return [];
        // A page that was made while the run looked need not have been seen.
        if (before === undefined && said === 'none') return [];
        return [`${shift}: page ${pageId} of ${tenant} is ${said}, the model says ${possible.join(' or ')}`];
      }),
    ),
};

const I2: Invariant = {
  id: 'I2',
  promise: 'a complete run knows every page that was there all the time, and none that never was',
  broken: (facts) =>
    momentsOf(facts).flatMap(({ shift, tenant, from, to, inventory, pagesSeen }) => {
      const { lives } = wikiIn(facts, tenant);
      const allTheTime = [...lives].filter(([, life]) => life.from <= from && life.to > to).map(([id]) => id);
      const ever = new Set([...lives].filter(([, life]) => life.from <= to && life.to >= from).map(([id]) => id));
      const lost = allTheTime.filter((id) => !inventory.has(id));
      const stray = [...inventory].filter((id) => !ever.has(id));
      const counted = pagesSeen < allTheTime.length || pagesSeen > ever.size;
      return [
        ...lost.map((id) => `${shift}: ${tenant} lost page ${id}`),
        ...stray.map((id) => `${shift}: ${tenant} keeps page ${id}, which is gone`),
        ...(counted ? [`${shift}: ${tenant} counted ${pagesSeen} pages of ${allTheTime.length} to ${ever.size}`] : []),
      ];
    }),
};

const I3: Invariant = {
  id: 'I3',
  promise: 'in the end the labels on the site are those that the findings ask for, and nobody else’s label was touched',
  broken: (facts) =>
    facts.wikis.flatMap((wiki) => [
      ...wiki.currentPages().flatMap(({ id, labels }) => {
        if (wiki.disputed.has(id)) return [];
        const wanted = wiki.verdicts.get(id)?.at(-1)?.verdict === 'fail';
        const there = labels.has(`global:${OUR_LABEL}`);
        return wanted === there ? [] : [`page ${id} of ${wiki.name} ${there ? 'has' : 'lacks'} the label`];
      }),
      ...[...wiki.labelledByPeople].flatMap((id) => {
        const off = labelWrites(facts, wiki.name).find(({ pageId, method }) => pageId === id && method === 'DELETE');
        return off === undefined ? [] : [`the label that people put on page ${id} of ${wiki.name} was taken off`];
      }),
      ...labelWrites(facts, wiki.name).flatMap(({ label, method }) =>
        method === 'DELETE' && label !== OUR_LABEL ? [`the label ${label} of ${wiki.name} was touched`] : [],
      ),
      ...foreignLabels(wiki),
      ...lateWrites(facts, wiki.name),
    ]),
};

const I4: Invariant = {
  id: 'I4',
  promise: 'no row, request or log line of one tenant tells of another',
  broken: (facts) => [
    ...facts.inspection.strays.map((table) => `rows of ${table} tell of another tenant`),
    ...facts.calls.flatMap(({ origin, authorization }) => {
      const wiki = facts.wikis.find(({ name }) => origin.startsWith(originOf(name).replace('.atlassian.net', '')));
      if (wiki === undefined) return [];
      const own = `Basic ${Buffer.from(`${wiki.email}:${wiki.token}`).toString('base64')}`;
      return authorization === own ? [] : [`a request to ${origin} was signed as somebody else`];
    }),
    ...facts.log.flatMap((line) => {
      const { tenant } = JSON.parse(line) as { tenant?: string };
      const others = facts.wikis.filter(({ name }) => tenant !== undefined && name !== wikiOf(tenant));
      return others.some(({ name }) => line.includes(name)) ? [`a log line of ${tenant} tells of another tenant`] : [];
    }),
  ],
};

const I5: Invariant = {
  id: 'I5',
  promise: 'no secret is in the database, in the log or in a result',
  broken: ({ inspection, log, notes }) => [
    ...inspection.leaks.map((table) => `a secret is in ${table}`),
    ...leaksIn(log.join('\n')).map((form) => `a secret is in the log (${form})`),
    ...leaksIn(JSON.stringify(notes.map(({ results }) => results))).map((form) => `a secret is in a result (${form})`),
  ],
};

const I6: Invariant = {
  id: 'I6',
  promise: 'no request goes to a host that is not the tenant’s, and none that the site does not know',
  broken: ({ calls, sites }) => {
    const known = new Set([...sites.values()].map(({ url }) => url));
    return [
      ...calls.filter(({ origin }) => !known.has(origin)).map(({ origin }) => `a request went to ${origin}`),
      ...[...sites.values()].flatMap(({ refused }) =>
        refused.map(({ method, path, why }) => `${method} ${path}: ${why}`),
      ),
    ];
  },
};

const I7: Invariant = {
  id: 'I7',
  promise: 'a process that was asked to wait waits',
  broken: ({ calls }) =>
    calls.flatMap((asked) => {
      const waitMs = asked.answer === null ? null : askedToWaitMs(asked.answer);
      if (asked.answer === null || waitMs === null) return [];
      const until = asked.answer.at + waitMs;
      const early = calls.find(
        ({ worker, origin, sentAt }) =>
          worker === asked.worker && origin === asked.origin && sentAt > (asked.answer?.at ?? 0) && sentAt < until,
      );
      return early === undefined
        ? []
        : [
            `${asked.worker} asked ${asked.origin} again ${until - early.sentAt} ms too early after ${asked.answer.status}`,
          ];
    }),
};

const I8: Invariant = {
  id: 'I8',
  promise: 'a night without news writes nothing and finds nothing new',
  broken: ({ notes, calls }) => [
    ...notes
      .filter(({ shift }) => shift === 'still' || shift === 'witness')
      .flatMap(({ shift, how, results }) =>
        how === 'ended' && results.every(({ outcome }) => outcome === 'complete')
          ? []
          : [`${shift}: ${how} ${results.map(({ outcome, detail }) => `${outcome} (${detail})`).join(', ')}`],
      ),
    ...notes
      .filter(({ shift }) => shift === 'still')
      .flatMap(({ results }) =>
        results.flatMap(({ tenantId, writesDone, findingsNew, findingsResolved }) => {
          const news = Object.values(findingsNew).reduce((sum, one) => sum + one, 0) + findingsResolved + writesDone;
          return news === 0
            ? []
            : [`${tenantId}: ${writesDone} writes, ${findingsResolved} resolved, ${JSON.stringify(findingsNew)} new`];
        }),
      ),
    ...calls
      .filter(({ worker, method, path }) => worker === 'still' && method !== 'GET' && path.includes('/label'))
      .map(({ method, path }) => `still: ${method} ${path}`),
  ],
};

const I9: Invariant = {
  id: 'I9',
  promise: 'every night ends, and after the last trouble all tenants become complete',
  broken: ({ endless, notes }) => {
    const nights = notes.filter(({ shift }) => shift.startsWith('recovery'));
    const last = nights.at(-1);
    // Where a worker that took over brought everything in order there is nothing to recover.
    const complete =
      last === undefined || (last.how === 'ended' && last.results.every(({ outcome }) => outcome === 'complete'));
    const said = last?.results.map(({ tenantId, outcome, detail }) => `${tenantId} ${outcome} (${detail})`).join(', ');
    return [
      ...(endless === null ? [] : [endless]),
      ...(complete ? [] : [`not complete after the recovery: ${said ?? last?.how}`]),
    ];
  },
};

const I10: Invariant = {
  id: 'I10',
  promise: 'in the end everything is as it would have been without the trouble',
  broken: ({ knowledge, reference }) =>
    [...knowledge].flatMap(([tenant, { own, witness }]) => [
      ...(witness === null ? [] : differences(`${tenant} and a witness`, own.audited, witness.audited)),
      ...(reference === null
        ? []
        : differences(`${tenant} and itself without a crash`, all(own), all(reference.get(tenant)))),
    ]),
};

const I11: Invariant = {
  id: 'I11',
  promise: 'retries keep to their budget',
  broken: ({ inspection }) =>
    inspection.attempts.flatMap(({ tenant, calls, attempts, most, claims }) => {
      const bound = mostAttempts({ calls, claims });
      if (most <= bound.perCall && attempts <= bound.inAll) return [];
      return [`${tenant}: ${attempts} attempts for ${calls} calls, ${most} for one of them`];
    }),
};

/** I12, the memory, is held over a whole run of seeds; see `memory.ts`. */
export const INVARIANTS: readonly Invariant[] = [I1, I2, I3, I4, I5, I6, I7, I8, I9, I10, I11];

const momentsOf = ({ notes }: Facts) =>
  notes.flatMap(({ shift, moments }) => moments.map((moment) => ({ shift, ...moment })));

const all = (known: { audited: readonly string[]; written: readonly string[] } | undefined): readonly string[] => [
  ...(known?.audited ?? []),
  ...(known?.written ?? []),
];

function differences(who: string, left: readonly string[], right: readonly string[]): readonly string[] {
  const [here, there] = [new Set(left), new Set(right)];
  return [
    ...left.filter((line) => !there.has(line)).map((line) => `${who}: only here ${line}`),
    ...right.filter((line) => !here.has(line)).map((line) => `${who}: only there ${line}`),
  ];
}

/** Label writes that reached the site of a tenant. */
const labelWrites = ({ calls }: Facts, tenant: string) =>
  calls.flatMap(({ origin, method, path }) => {
    const url = new URL(path, origin);
    const [, pageId] = /\/content\/(\w+)\/label$/.exec(url.pathname) ?? [];
    if (method === 'GET' || pageId === undefined || origin !== originOf(tenant)) return [];
    return [{ method, pageId, label: url.searchParams.get('name') }];
  });

/** Labels that the program put on pages and may not. */
const foreignLabels = ({ name, world, auditor }: Wiki): string[] =>
  [...world.contents.values()].flatMap(({ id, labels }) =>
    [...labels.values()].flatMap((label) =>
      label.by === auditor && label.name !== OUR_LABEL ? [`page ${id} of ${name} got the label ${label.name}`] : [],
    ),
  );

/** Writes of a process after another one had taken its tenant over: whoever asks the site of anything holds the lease. */
const lateWrites = (facts: Facts, tenant: string): string[] => {
  const calls = facts.calls.filter(({ origin }) => origin === originOf(tenant));
  const since = new Map<string, number>();
  for (const { worker, sentAt } of calls) if (!since.has(worker)) since.set(worker, sentAt);
  return calls.flatMap(({ worker, method, path, sentAt }) => {
    if (method === 'GET' || !path.includes('/label')) return [];
    const heir = [...since].find(([other, at]) => other !== worker && at > (since.get(worker) ?? 0) && at < sentAt);
    return heir === undefined ? [] : [`${worker} wrote ${method} ${path} after ${heir[0]} had taken over`];
  });
};
