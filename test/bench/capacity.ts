/** So much for a tenant, and so much for each of its pages. */
interface Line {
  readonly fixed: number;
  readonly each: number;
}

interface NightConstants {
  readonly requests: Line;
  readonly points: Line;
  /** Seconds of CPU, database included. */
  readonly cpu: Line;
}

export interface Constants {
  readonly first: NightConstants;
  readonly quiet: NightConstants;
  /** In the database after the first night, and what each night adds. */
  readonly bytes: Line;
  readonly nightly: Line;
}

const TENANTS = [25, 100, 1_000];
const PAGES = [1_000, 10_000, 100_000];
const RATES = [5, 10, 20];
const WORKERS = [1, 2, 4];

/** Tenants that one worker audits at the same time. */
const PLACES = 4;
/** What is taken of a site's rate by default, and how much of that is used. */
const SHARE = 0.7 * 0.97;
const AT_ONCE = 8;
const LATENCY_S = 0.25;

const at = ({ fixed, each }: Line, pages: number): number => fixed + each * pages;

/** How long one tenant's night takes when nothing else is going on. */
const secondsOf = (night: NightConstants, pages: number, perSecond: number): number => {
  const requests = at(night.requests, pages);
  return Math.max(requests / (SHARE * perSecond), (requests * LATENCY_S) / AT_ONCE) + at(night.cpu, pages);
};

/** A fleet's night: by the places of the workers, and no faster than a core for each worker carries it. */
function hoursOf(night: NightConstants, fleet: { tenants: number; pages: number; perSecond: number; workers: number }) {
  const { tenants, pages, perSecond, workers } = fleet;
  const one = secondsOf(night, pages, perSecond);
  const rounds = Math.max(1, tenants / (PLACES * workers));
  return Math.max(rounds * one, (tenants * at(night.cpu, pages)) / workers) / 3_600;
}

const show = (hours: number): string => (hours < 10 ? hours.toFixed(hours < 1 ? 2 : 1) : hours.toFixed(0));
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** The tables of docs/capacity.md. */
export function capacityTables(constants: Constants): string[] {
  const fleets = TENANTS.flatMap((tenants) => PAGES.map((pages) => ({ tenants, pages })));
  const ways = RATES.flatMap((perSecond) => WORKERS.map((workers) => ({ perSecond, workers })));
  const head = ['tenants', 'pages of each', ...ways.map(({ perSecond, workers }) => `${perSecond}/s, ${workers}`)];
  const hours = (kind: 'first' | 'quiet'): string[] => [
    `${kind}, hours`,
    row(head),
    row(head.map(() => '---')),
    ...fleets.map((fleet) =>
      row([
        count(fleet.tenants),
        count(fleet.pages),
        ...ways.map((way) => show(hoursOf(constants[kind], { ...fleet, ...way }))),
      ]),
    ),
  ];
  const sizes = fleets.map(({ tenants, pages }) => [
    count(tenants),
    count(pages),
    count(tenants * at(constants.first.requests, pages)),
    count(tenants * at(constants.first.points, pages)),
    count(tenants * at(constants.quiet.requests, pages)),
    count(tenants * at(constants.quiet.points, pages)),
    ((tenants * at(constants.bytes, pages)) / 1e9).toFixed(2),
    ((tenants * at(constants.nightly, pages) * 90) / 1e9).toFixed(2),
  ]);
  return [...hours('first'), ...hours('quiet'), 'requests, points and GB', ...sizes.map(row)];
}
