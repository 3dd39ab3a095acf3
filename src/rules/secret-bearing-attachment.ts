import { z } from 'zod';
import { firstMatch } from '../domain/glob.ts';
import type { Attachment } from '../domain/inventory.ts';
import { quoted } from '../domain/printable.ts';
import { defineRule } from '../domain/rule.ts';

/** Names of files that hold keys or passwords, and nothing else. */
const KEYS = [
  '*.pem *.key *.pfx *.p12 *.p8 *.jks *.keystore *.kdbx *.kdb *.ppk *.agilekeychain *.1pif *.ovpn',
  '.env .env.* *.env id_rsa id_dsa id_ecdsa id_ed25519 wallet.dat *.wallet .netrc _netrc .pgpass .htpasswd .git-credentials',
  'credentials credentials.csv *kubeconfig* service-account*.json *-service-account.json secrets.y*ml',
].flatMap((line) => line.split(' '));

/** Names of files with the content of whole databases or of the memory of a program. */
const DUMPS = '*.dump *.dmp *.bak *.hprof *dump*.sql *backup*.sql *export*.sql'.split(' ');

/** What looks like a key by its extension and is none: the public half, and templates to be filled in. */
const HARMLESS = [
  '*.pub *public*.pem *pub.pem cert*.pem *cert.pem *certificate*.pem *chain*.pem *bundle*.pem ca.pem ca-*.pem *-ca.pem *root*.pem *csr*.pem',
  '*.example *.sample *.template *.dist .env.example.* *example.env *sample.env *template.env',
].flatMap((line) => line.split(' '));

const PACKED = /\.(?:gz|zip|bz2|xz|zst|7z|tgz)$/;
/** What browsers add to the name of a second download. */
const COPY = /[ _-]?\(\d+\)(?=\.|$)/;
/** Private keys are a few kilobytes long; presentations of Keynote end in `.key` too and are much larger. */
const LARGEST_KEY_FILE = 100_000;

/** Finds attachments that by their names hold private keys, passwords or a whole database. */
export default defineRule({
  id: 'secret-bearing-attachment',
  title: 'Attachment holds keys, passwords or a database',
  why: 'Everybody who may read the page can download the file, and Confluence keeps its old versions.',
  severity: 'critical',
  remediation:
    'Revoke what the file opens, then delete the file with all its versions; allow it by name where it is harmless.',
  explanation: [
    'Attachments that by their names hold private keys, passwords, or a database.',
    'One finding for each attachment. What copying (`id_rsa (1)`) or packing (`.gz`) adds to a name does not count. Public keys, certificates, templates and presentations of Keynote are left alone.',
  ],
  example: 'The attachment "Server.KEY" is named like a file that holds keys or passwords (*.key).',
  appliesTo: 'pages',
  options: z.strictObject({
    names: z
      .array(z.string().min(1).max(1_000))
      .default([...KEYS, ...DUMPS])
      .describe('Patterns for the names of files that hold secrets.'),
    allow: z
      .array(z.string().min(1).max(1_000))
      .default(HARMLESS)
      .describe('Patterns for names that are harmless; replaces the built-in list.'),
  }),
  needs: ['attachments'],
  *check({ attachments }, _context, { names, allow }) {
    for (const attachment of attachments) {
      const { id, title, mediaType, fileSize, status } = attachment;
      if (status !== 'current') continue;
      const name = plainName(title);
      // Hardly any file is named like a secret, so that is asked first.
      const pattern = firstMatch(names, name);
      if (pattern === null || firstMatch(allow, name) !== null || isPresentation(name, attachment)) continue;
      const what = DUMPS.includes(pattern) ? 'the content of a database or of a memory' : 'keys or passwords';
      yield {
        reason: `The attachment ${quoted(title)} is named like a file that holds ${what} (${pattern}).`,
        subject: { type: 'attachment', id },
        evidence: { file_name: title, media_type: mediaType, file_size: fileSize },
      };
    }
  },
});

/** In small letters, without marks that hide or turn writing, and without what copying or packing adds. */
function plainName(title: string): string {
  const name = title.normalize('NFC').replace(/\p{C}/gu, '').trim().toLowerCase();
  return name.replace(COPY, '').replace(PACKED, '');
}

function isPresentation(name: string, { mediaType, fileSize }: Attachment): boolean {
  if (!name.endsWith('.key')) return false;
  return /keynote|zip/i.test(mediaType) || (fileSize ?? 0) > LARGEST_KEY_FILE;
}
