const HIDDEN = '***';

/** `scheme://user:password@host`, also inside a longer text. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const AUTHORIZATION = /\b(Basic|Bearer)\s+[\w+/=.~-]{6,}/gi;
/** Atlassian's tokens and keys begin like this. https://support.atlassian.com/security-and-access-policies/docs/understand-user-api-tokens/ */
const ATLASSIAN_TOKEN = /\bAT(?:ATT|CTT|BB|OA|ST)[\w+/=.-]{8,}/g;
const NAMED_SECRET = /\b((?:api[_-]?)?(?:token|secret|password|passwd))=[^\s&]+/gi;

/**
 * A second net under the rule that no message holds a secret: masks what looks like one in texts of libraries and of the
 * system, which we do not word ourselves.
 */
export function scrub(text: string): string {
  return text
    .replace(URL_PASSWORD, `$1${HIDDEN}@`)
    .replace(AUTHORIZATION, `$1 ${HIDDEN}`)
    .replace(ATLASSIAN_TOKEN, HIDDEN)
    .replace(NAMED_SECRET, `$1=${HIDDEN}`);
}
