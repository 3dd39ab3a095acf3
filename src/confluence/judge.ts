import { classify, type Verdict } from './classify.ts';
import type { Endpoint } from './endpoints.ts';
import { NOT_JSON, parseJson } from './json.ts';
import { explainNetworkFailure } from '../network/network-failure.ts';
import type { Hints } from './pace.ts';
import { NO_HINTS } from './pacer.ts';
import type { QuotaHints } from './quota.ts';
import { readRateHeaders } from './rate-headers.ts';
import type { RawAnswer } from './transport.ts';

/** All that one attempt told. */
export interface Judged {
  /** Null where no answer came. */
  readonly status: number | null;
  readonly requestId: string | null;
  readonly link: string | null;
  readonly json: unknown;
  /** Null for a success. */
  readonly verdict: Verdict | null;
  /** For failures: false where the operation surely was not carried out. */
  readonly mayHaveHappened: boolean;
  /** What the answer asked us to wait, or null. */
  readonly askedMs: number | null;
  /** What the headers tell of pace and of the app's quota. */
  readonly hints: Hints;
  readonly quota: QuotaHints;
}

/** Reads the meaning of an answer. */
export function judgeAnswer(endpoint: Endpoint, raw: RawAnswer): Judged {
  const { status, headers, text, through } = raw;
  const rate = readRateHeaders(headers, status);
  const told = {
    status,
    // Seen on recorded answers; support asks for it. The first is on every answer, the second only on most.
    requestId: headers.get('atl-traceid') ?? headers.get('atl-request-id') ?? null,
    link: headers.get('link') ?? null,
    mayHaveHappened: status < 300 || status >= 500,
    askedMs: status >= 400 ? rate.waitMs : null,
    hints: { limit: rate.limit, near: rate.near },
    quota: rate.quota,
  };
  const done = status >= 200 && status < 300;
  if (done && endpoint.answers === 'nothing' && text.trim() === '') return { ...told, json: null, verdict: null };
  const json = text === '' ? NOT_JSON : parseJson(text);
  const contentType = headers.get('content-type') ?? '';
  return {
    ...told,
    json,
    verdict: classify({ status, headers, contentType, body: text, json, through, api: endpoint.api }),
  };
}

/** Reads the meaning of an exception. */
export function judgeException(error: unknown): Judged {
  const { code, why, retryable, mayHaveArrived } = explainNetworkFailure(error);
  return {
    status: null,
    requestId: null,
    link: null,
    json: null,
    askedMs: null,
    hints: NO_HINTS,
    quota: { left: null, of: null, exhausted: false },
    verdict: { code, message: why, retryable },
    mayHaveHappened: mayHaveArrived,
  };
}
