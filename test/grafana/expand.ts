/** What Grafana knows when it asks: the range of time, and the values of the variables. */
interface Situation {
  readonly from: Date;
  readonly to: Date;
  readonly variables: Readonly<Record<string, string>>;
}

/** https://grafana.com/docs/grafana/latest/datasources/postgres/query-editor/#macros */
const MACROS: Readonly<Record<string, (argument: string, at: Situation) => string>> = {
  timeFilter: (column, { from, to }) => `${column} BETWEEN ${literal(stamp(from))} AND ${literal(stamp(to))}`,
  timeFrom: (_, { from }) => literal(stamp(from)),
  timeTo: (_, { to }) => literal(stamp(to)),
};

/** A query as Grafana sends it: macros of the PostgreSQL data source and variables in their place. Throws for what it does not know. */
export function expand(sql: string, at: Situation): string {
  const spoken = sql.replaceAll(/\$\{(\w+):sqlstring\}/g, (whole, name: string) => {
    const value = at.variables[name];
    if (value === undefined) throw new Error(`${whole} names no variable of the dashboard.`);
    return literal(value);
  });
  const asked = spoken.replaceAll(/\$__(\w+)\(((?:[^()]|\([^()]*\))*)\)/g, (whole, name: string, argument: string) => {
    const macro = MACROS[name];
    if (macro === undefined) throw new Error(`${whole} is no macro that the tests know.`);
    return macro(argument, at);
  });
  if (/\$[_{a-z]/i.test(asked)) throw new Error(`Something is left of a macro or a variable: ${asked}`);
  return asked;
}

const stamp = (moment: Date): string => moment.toISOString();
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
