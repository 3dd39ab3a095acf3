/** One request and its answer, as both went over the wire. */
export interface Exchange {
  /** Who asked: an audit of a whole tenant, each method of our client, or a tour of all routes. */
  readonly by: 'audit' | 'client' | 'tour';
  /** True where the request was made wrong on purpose, so that only the answer counts. */
  readonly wrong: boolean;
  readonly method: string;
  /** The path with `{names}`. */
  readonly template: string;
  /** Path and query. */
  readonly target: string;
  readonly requestBody: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Where an exchange and the specification differ. */
export interface Difference {
  /** Method and template; of an answer with the status behind them. */
  readonly where: string;
  /** `query status`, `results[].version`, … */
  readonly at: string;
  readonly what: string;
}
