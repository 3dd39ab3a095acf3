import { expect, it } from 'vitest';
import { explainNetworkFailure } from '../../src/network/network-failure.ts';
import { AuditError } from '../../src/domain/errors.ts';

const withCode = (code: string, cause?: unknown): Error => Object.assign(new Error(code, { cause }), { code });

it.each([
  ['ECONNREFUSED', 'site-unreachable', true, false],
  ['ENOTFOUND', 'site-unreachable', true, false],
  ['UND_ERR_CONNECT_TIMEOUT', 'site-unreachable', true, false],
  ['ECONNRESET', 'site-unreachable', true, true],
  ['UND_ERR_SOCKET', 'site-unreachable', true, true],
  ['UND_ERR_BODY_TIMEOUT', 'site-unreachable', true, true],
  ['Z_BUF_ERROR', 'site-unreachable', true, true],
  ['CERT_HAS_EXPIRED', 'certificate-invalid', false, false],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-invalid', false, false],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-invalid', false, false],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-invalid', false, false],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-invalid', false, false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-invalid', false, false],
])('sorts %s', (code, expected, retryable, mayHaveArrived) => {
  expect(explainNetworkFailure(withCode(code))).toMatchObject({ code: expected, retryable, mayHaveArrived });
});

it('looks into causes and into the attempts on several addresses', () => {
  expect(explainNetworkFailure(new TypeError('failed', { cause: withCode('CERT_HAS_EXPIRED') })).code).toBe(
    'certificate-invalid',
  );
  const several = new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]);
  expect(explainNetworkFailure(several).mayHaveArrived).toBe(false);
});

it('takes what it does not know for a broken connection that may have carried the request', () => {
  const unknown = { code: 'site-unreachable', retryable: true, mayHaveArrived: true };
  expect(explainNetworkFailure(new Error('boom'))).toMatchObject(unknown);
  expect(explainNetworkFailure('boom')).toMatchObject(unknown);
});

it('passes our own errors on, unrepeated', () => {
  const own = new AuditError('response-too-large', 'The answer is larger than 5 bytes.');
  expect(explainNetworkFailure(own)).toEqual({
    code: 'response-too-large',
    why: 'The answer is larger than 5 bytes',
    retryable: false,
    mayHaveArrived: true,
  });
  const unsigned = new AuditError('secret-missing', 'The variable is not set.');
  expect(explainNetworkFailure(unsigned)).toMatchObject({ code: 'secret-missing', mayHaveArrived: false });
});
