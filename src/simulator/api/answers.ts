/**
 * How a connection fails: closed before the first byte or in the middle of the body, reset, silent while it stays open, or with
 * headers that come and come.
 */
type Cut = 'before' | 'middle' | 'reset' | 'silence' | 'endless-headers';

/** One answer of the site before it meets a socket. */
export interface SimResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly cut?: Cut;
  /** What is sent in place of the body, as it is: neither compressed nor counted, and made only as it is sent. */
  readonly bytes?: Iterable<Uint8Array>;
  /** The body leaves byte by byte, with so many milliseconds in between. */
  readonly trickleMs?: number;
}

/** A JSON answer; 204 has no body. */
export function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): SimResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

export const noContent = (): SimResponse => ({ status: 204, headers: {}, body: '' });

/** The error envelope of v2. */
export const v2Error = (status: number, code: string, title: string, detail: string | null = null): SimResponse =>
  answer(status, { errors: [{ status, code, title, detail }] });

export const v2BadParameter = (title: string, detail: string | null = null): SimResponse =>
  v2Error(400, 'INVALID_REQUEST_PARAMETER', title, detail);

/** Not in the documents, and seen: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/ */
export const v2Conflict = (current: number): SimResponse =>
  v2Error(409, 'CONFLICT', `Version must be incremented on update. Current version is: ${current}`);

export const v2NotFound = (kind: string, id: string): SimResponse =>
  v2Error(404, 'NOT_FOUND', `Cannot find a ${kind} with id [${id}]`);

/** The long error form of v1; `authorized` is always false in what is known of it, whatever the cause. */
export function v1Error(status: number, message: string): SimResponse {
  const translation = status === 404 ? [{ message: { translation: message, args: [] } }] : [];
  return answer(status, {
    statusCode: status,
    data: { authorized: false, valid: status === 403, errors: translation, successful: false },
    message,
  });
}

export const v1NotFound = (id: string): SimResponse =>
  v1Error(404, `No content with id <ContentId{id=${id}}> is visible`);

/** The short error form of v1, in which a credential that is not accepted is refused. */
export const v1Refused = (message: string): SimResponse => answer(403, { message, statusCode: 403 });
