/** Literals of which every secret that the scanner knows contains one; the case counts unless the scanner ignores it. */
const PROVIDERS = [
  '-----BEGIN',
  'secretaccesskey',
  'secret_access_key',
  'secretaccess_key',
  'secret_accesskey',
  'x-oauth-basic',
  'npm_',
  'xoxb-',
  'xoxp-',
  'xapp-',
  'xoxa-',
  'xoxo-',
  'xoxr-',
  'hooks.slack.com/services/',
  'T3BlbkFJ',
  'sk-ant-',
  'gsk_',
  'hf_',
  'lin_api_',
  'ntn_',
  'SG.',
  'shppa_',
  'shpca_',
  'shpat_',
  'shpss_',
  'sk_live_',
  'sk_test_',
  'rk_live_',
  'rk_test_',
  'ghp_',
  'gho_',
  'ghu_',
  'ghs_',
  'ghr_',
  'github_pat_',
  'glpat-',
  'glc_',
  'glsa_',
  'ops_ey',
  'hvs.',
  'hvb.',
  'hvr.',
  'vcp_',
  'vci_',
  'vca_',
  'vcr_',
  'vck_',
  'dapi',
  'dckr_pat_',
  'figd_',
  'cfk_',
  'cfut_',
  'cfat_',
  'tskey-',
];

/** The beginnings and names that the scanner's own patterns (own-patterns.ts) look for. */
const OWN = [
  'AKIA',
  'AIza',
  'ATATT3x',
  'ATCTT3x',
  'eyJ',
  'passw',
  'kennwort',
  'secret',
  'token',
  'api_key',
  'api-key',
  'apikey',
];

/** `scheme://user:password@`, in which the scanner looks for real passwords. */
const CREDENTIALS_IN_URL = /:\/\/[^\s:/]{1,256}:[^\s@/]{1,256}@/y;

const URL_CREDENTIALS = '://';

/** Capitals become small letters; other characters may fall together, which costs a comparison and nothing else. */
const fold = (code: number): number => (code | 0x20) & 0xff;
/** Three characters as a place in a table of 65,536 (Knuth's multiplicative hash of their 24 bits). */
const place = (three: number): number => Math.imul(three, 0x9e37_79b1) >>> 16;

/** Which of the two sets of patterns are worth running on a text. */
export interface Suspicion {
  readonly providers: boolean;
  readonly own: boolean;
}

/**
 * Makes the filter that keeps the scanner away from the many texts in which there is nothing to find. One pass over the text
 * looks at three characters at a time; only where a keyword begins with them is the keyword compared. It may suspect too much
 * (it ignores case) and never too little.
 */
export function createKeywordFilter(): (text: string) => Suspicion {
  const starts = new Uint8Array(0x1_0000);
  const buckets = new Map<number, { readonly codes: readonly number[]; readonly kind: keyof Suspicion }[]>();
  const add = (keyword: string, kind: keyof Suspicion): void => {
    const codes = codesOf(keyword);
    const key = place(threeOf(codes));
    starts[key] = 1;
    buckets.set(key, [...(buckets.get(key) ?? []), { codes, kind }]);
  };
  for (const keyword of [...PROVIDERS, URL_CREDENTIALS]) add(keyword, 'providers');
  for (const keyword of OWN) add(keyword, 'own');
  const urlCodes = threeOf(codesOf(URL_CREDENTIALS));

  return (text) => {
    const found = { providers: false, own: false };
    // Bytes are looked at several times faster than the characters of a string; of those the filter uses eight bits as well.
    const bytes = Buffer.from(text, 'latin1');
    let three = 0;
    for (let end = 0; end < bytes.length; end += 1) {
      three = ((three << 8) | fold(bytes[end] ?? 0)) & 0xff_ffff;
      const key = place(three);
      if (starts[key] === 0) continue;
      const at = end - 2;
      if (three === urlCodes) found.providers ||= hasCredentials(text, at);
      else
        for (const { codes, kind } of buckets.get(key) ?? []) {
          if (!found[kind] && beginsAt(text, at, codes)) found[kind] = true;
        }
      if (found.providers && found.own) break;
    }
    return found;
  };
}

const codesOf = (keyword: string): number[] =>
  Array.from({ length: keyword.length }, (_, at) => fold(keyword.charCodeAt(at)));
const threeOf = ([first = 0, second = 0, third = 0]: readonly number[]): number =>
  (first << 16) | (second << 8) | third;

function hasCredentials(text: string, at: number): boolean {
  CREDENTIALS_IN_URL.lastIndex = at;
  return CREDENTIALS_IN_URL.test(text);
}

function beginsAt(text: string, at: number, codes: readonly number[]): boolean {
  for (let offset = 3; offset < codes.length; offset += 1) {
    if (fold(text.charCodeAt(at + offset)) !== codes[offset]) return false;
  }
  return at >= 0;
}
