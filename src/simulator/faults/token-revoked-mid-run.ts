import { claimIn } from '../identity.ts';
import { defineFault } from './define-fault.ts';

/** Somebody revokes the token right before this request is answered; it stays revoked. */
export default defineFault({
  id: 'token-revoked-mid-run',
  about: 'The token is revoked in the middle of a run, and every answer from then on is that to a dead one.',
  defaults: {},
  answer({ world, request, real }) {
    const claim = claimIn(request.headers['authorization']);
    if (claim.kind === 'basic' && world.credentials.has(claim.email)) world.revokeToken(claim.email);
    if (claim.kind !== 'none' && world.gatewayTokens.has(claim.secret)) world.revokeGatewayToken(claim.secret);
    return real();
  },
});
