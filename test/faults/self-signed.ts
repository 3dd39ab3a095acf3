import { generateKeyPairSync, sign } from 'node:crypto';

const ED25519 = Buffer.from('300506032b6570', 'hex');
/** CN=localhost */
const NAME = Buffer.from('30143112301006035504030c096c6f63616c686f7374', 'hex');

/** A fresh key and a certificate that nobody vouches for, valid from 2020 to 2049; made anew, for no key belongs into a repository. */
export function selfSigned(): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const validity = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('490101000000Z')));
  const subject = publicKey.export({ type: 'spki', format: 'der' });
  const version = Buffer.from('a003020102', 'hex');
  const serial = Buffer.from('020101', 'hex');
  const body = der(0x30, version, serial, ED25519, NAME, validity, NAME, subject);
  const signature = der(0x03, Buffer.from([0]), sign(null, body, privateKey));
  const base64 = der(0x30, body, ED25519, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
