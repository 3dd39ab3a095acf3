import { createHash } from 'node:crypto';

/** Text of the given length from an alphabet, the same in every run, and never a secret of anybody. */
const filler = (length: number, alphabet: string): string =>
  Array.from({ length }, (_, index) => alphabet[(index * index * 7 + index * 11 + 5) % alphabet.length]).join('');

const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';
const MIXED = `${LETTERS}23456789`;
const HEX = '0123456789abcdef';
const DIGITS = '0123456789';
const mixed = (length: number): string => filler(length, MIXED);

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
export const jwt = (claims: object): string =>
  `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}.${mixed(43)}`;

/** One made-up secret for each rule of secretlint's preset that reads text; the parts are joined here so that no file shows one. */
export const PROVIDER_SAMPLES: Readonly<Record<string, readonly string[]>> = {
  aws: [`aws_secret_access_key = ${mixed(40)}`, `SecretAccessKey: "${mixed(40)}"`],
  npm: [`npm_${mixed(36)}`, `https://${mixed(20)}:x-oauth-basic@github.com/a/b`],
  slack: [
    `xoxb-${filler(12, DIGITS)}-${mixed(24)}`,
    `https://hooks.slack.com/services/T${mixed(8)}/B${mixed(8)}/${mixed(24)}`,
  ],
  basicauth: [`https://deploy:${mixed(12)}@git.corp.net/x`],
  openai: [`sk-${mixed(20)}T3BlbkFJ${mixed(20)}`],
  anthropic: [`sk-ant-api03-${mixed(93)}AA`],
  groq: [`gsk_${mixed(52)}`],
  huggingface: [`hf_${filler(34, LETTERS)}`],
  linear: [`lin_api_${mixed(40)}`],
  notion: [`ntn_${filler(11, DIGITS)}${mixed(35)}`],
  privatekey: [
    `-----BEGIN RSA PRIVATE KEY-----\nMII${mixed(60)}\n${mixed(64)}\n${mixed(64)}\n-----END RSA PRIVATE KEY-----`,
  ],
  sendgrid: [`SG.${mixed(22)}.${mixed(43)}`],
  shopify: [`shpat_${filler(32, HEX)}`],
  stripe: [`sk_live_${mixed(24)}`],
  github: [`ghp_${mixed(36)}`, `github_pat_${mixed(82)}`],
  gitlab: [`glpat-${mixed(20)}`],
  grafana: [`glsa_${mixed(32)}_${filler(8, HEX)}`],
  '1password': [
    `ops_${Buffer.from(JSON.stringify({ signInAddress: mixed(200), a: 1 }))
      .toString('base64')
      .replace(/=*$/, '')}`,
  ],
  'database-connection-string': [
    `postgres://svc:${mixed(12)}@db.corp.net:5432/a`,
    `mongodb+srv://svc:${mixed(12)}@db.corp.net/a`,
    `jdbc:mysql://svc:${mixed(12)}@db.corp.net/a`,
  ],
  'hashicorp-vault': [`hvs.${mixed(95)}`],
  vercel: [`vcp_${mixed(40)}`],
  databricks: [`dapi${filler(32, HEX)}`],
  docker: [`dckr_pat_${mixed(27)}`],
  figma: [`figd_${mixed(50)}`],
  cloudflare: [`cfut_${mixed(40)}${filler(8, HEX)}`],
  tailscale: [`tskey-auth-${mixed(12)}-${mixed(32)}`],
};

/** What only the patterns of this program know, by kind. */
export const OWN_SAMPLES: Readonly<Record<string, readonly string[]>> = {
  'aws-access-key-id': [`AKIA${filler(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`],
  'google-api-key': [`AIza${mixed(35)}`],
  'atlassian-api-token': [`ATATT3x${mixed(180)}`],
  'json-web-token': [jwt({ sub: 'robot', iss: 'corp' })],
  password: [
    `password: ${mixed(9)}#7`,
    `Passwort = "${mixed(9)}!4"`,
    `DB_PASSWD=${mixed(9)}.8,`,
    `Password\t${mixed(9)}%3\t`,
    `client_secret: ${createHash('sha256').update('sample').digest('hex')}`,
  ],
};
