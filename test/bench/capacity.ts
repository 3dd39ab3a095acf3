interface NightFigures {
  readonly requests: number;
  readonly points: number;
  /** Seconds, database included. */
  readonly cpu: number;
}

/** What a tenant of one size takes. */
export interface TenantFigures {
  readonly pages: number;
  readonly first: NightFigures;
  readonly quiet: NightFigures;
  /** In the database after the first night, and what each night adds. */
  readonly bytes: number;
  readonly nightly: number;
}

const TENANTS = [25, 100, 1_000];
const PAGES = [1_000, 10_000, 100_000];
const RATES = [5, 10, 20];
const WORKERS = [1, 2, 4];

/** Tenants that one worker audits at the same time. */
const PLACES = 4;
/** What is taken of a site's rate by default, and how much of that is used. */
const SHARE = 0.7 * 0.97;
/** Of an answer. Requests count as made one after the other, which they nearly are: a list gives its next cursor with its rows. */
const LATENCY_S = 0.25;

/** Between two sizes that were measured, or beyond the last of them, by the straight line through its neighbours; never below 0. */
function figureAt(measured: readonly TenantFigures[], of: (figures: TenantFigures) => number, pages: number): number {
  const above = measured.findIndex((figures) => figures.pages >= pages);
  const right = Math.max(1, above === -1 ? measured.length - 1 : above);
  const [low, high] = [measured[right - 1], measured[right]];
  if (low === undefined || high === undefined) throw new Error('Two sizes are needed.');
  const slope = (of(high) - of(low)) / (high.pages - low.pages);
  return Math.max(0, of(low) + slope * (pages - low.pages));
}

type At = (of: (figures: TenantFigures) => number, pages: number) => number;
type Kind = 'first' | 'quiet';

/** How long one tenant's night takes when nothing else is going on. */
function secondsOf(at: At, kind: Kind, pages: number, perSecond: number): number {
  const requests = at((figures) => figures[kind].requests, pages);
  const reading = Math.max(requests / (SHARE * perSecond), requests * LATENCY_S);
  return reading + at((figures) => figures[kind].cpu, pages);
}

/** A fleet's night: by the places of the workers, and no faster than a core for each worker carries it. */
function hoursOf(
  at: At,
  kind: Kind,
  { tenants, pages, perSecond, workers }: { tenants: number; pages: number; perSecond: number; workers: number },
): number {
  const rounds = Math.ceil(tenants / (PLACES * workers));
  const carried = (tenants * at((figures) => figures[kind].cpu, pages)) / workers;
  return Math.max(rounds * secondsOf(at, kind, pages, perSecond), carried) / 3_600;
}

const show = (hours: number): string => {
  if (hours < 0.99) return `${Math.max(1, Math.round(hours * 60))} min`;
  return `${hours.toFixed(hours < 10 ? 1 : 0)} h`;
};
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** The tables of docs/capacity.md. */
export function capacityTables(measured: readonly TenantFigures[]): string[] {
  const at: At = (of, pages) => figureAt(measured, of, pages);
  const fleets = TENANTS.flatMap((tenants) => PAGES.map((pages) => ({ tenants, pages })));
  const ways = RATES.flatMap((perSecond) => WORKERS.map((workers) => ({ perSecond, workers })));
  const head = ['tenants', 'pages of each', ...ways.map(({ perSecond, workers }) => `${perSecond}/s, ${workers}`)];
  const hours = (kind: Kind): string[] => [
    `${kind} night`,
    row(head),
    row(head.map(() => '---')),
    ...fleets.map((fleet) =>
      row([
        count(fleet.tenants),
        count(fleet.pages),
        ...ways.map((way) => show(hoursOf(at, kind, { ...fleet, ...way }))),
      ]),
    ),
  ];
  const sizes = fleets.map(({ tenants, pages }) => [
    count(tenants),
    count(pages),
    count(tenants * at(({ first }) => first.requests, pages)),
    count(tenants * at(({ first }) => first.points, pages)),
    count(tenants * at(({ quiet }) => quiet.requests, pages)),
    count(tenants * at(({ quiet }) => quiet.points, pages)),
    ((tenants * at(({ bytes }) => bytes, pages)) / 1e9).toFixed(2),
    ((tenants * at(({ nightly }) => nightly, pages) * 90) / 1e9).toFixed(2),
  ]);
  return [...hours('first'), ...hours('quiet'), 'requests, points and GB', ...sizes.map(row)];
}
