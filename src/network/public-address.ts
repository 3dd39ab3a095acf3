import { BlockList, isIP, type LookupFunction } from 'node:net';
import { AuditError } from '../domain/errors.ts';

/** Networks that no public site is in. https://www.iana.org/assignments/iana-ipv4-special-registry/ and its twin for IPv6. */
const NETWORKS =
  `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16
  198.18.0.0/15 224.0.0.0/4 240.0.0.0/4 ::/127 fc00::/7 fe80::/10 ff00::/8`.split(/\s+/);

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

function privateNetworks(): BlockList {
  const list = new BlockList();
  for (const network of NETWORKS) {
    const [address = '', bits = ''] = network.split('/');
    list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);

/** Keeps requests from a machine inside a private network. */
interface AddressCheck {
  /** Throws `address-refused` where the origin itself is such an address, for that is never looked up. */
  readonly origin: (origin: string) => void;
  readonly lookup: LookupFunction;
}

/**
 * Refuses addresses inside a private network: a name under somebody else's control must not lead the credential to a machine in
 * ours. A loopback address that is given as such, for tests, stays allowed.
 */
export function publicAddressesOnly(resolve: LookupFunction): AddressCheck {
  const inside = privateNetworks();
  const refuse = (host: string, address: string): void => {
    if (isLoopback(host) || isIP(address) === 0 || !inside.check(address, familyOf(address))) return;
    throw new AuditError('address-refused', `${host} leads to an address inside a private network; nothing was sent.`);
  };
  return {
    origin: (origin) => {
      const host = new URL(origin).hostname.replace(/^\[|\]$/g, '');
      refuse(host, host);
    },
    lookup: (name, options, done) =>
      resolve(name, options, (error, address, family) => {
        try {
          if (error === null)
            for (const each of [address].flat()) refuse(name, typeof each === 'string' ? each : each.address);
        } catch (refusal) {
          done(refusal as NodeJS.ErrnoException, []);
          return;
        }
        done(error, address, family);
      }),
  };
}
