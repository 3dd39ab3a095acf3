import type { ExitCode, Reason } from './outcome.ts';
import { SIGN_IN_ERRORS } from './sign-in-errors.ts';
import { WRITE_ERRORS } from './write-errors.ts';

export interface ErrorKind {
  /** What a command exits with when this error ends it. */
  readonly exit: ExitCode;
  /** The run reason, for errors that end one tenant's run. */
  readonly reason?: Reason;
  /** What the reader should do now; one sentence. */
  readonly hint: string;
  /** True where the same request may succeed later without anyone doing anything. */
  readonly retryable?: boolean;
  /** True where somebody may be after the credential; such log lines carry `security: true`. */
  readonly security?: boolean;
}

/** Every failure this program names: the code is stable and stands in each log line about it. */
export const ERRORS = {
  'config-invalid': { exit: 2, hint: '`npm run config -- validate` checks all settings without a network.' },
  'arguments-invalid': { exit: 2, hint: '`--help` after the command lists what it takes.' },
  'secret-missing': {
    exit: 2,
    reason: 'auth-invalid',
    hint: 'Set the variable, file or command that the reference names.',
  },
  'group-unresolved': {
    exit: 2,
    reason: 'unexpected',
    hint: 'Use a group name or id that exists on the site, or drop it from readers.onCallGroups.',
  },
  'tenant-unknown': { exit: 2, hint: '`npm run config -- print` lists the configured tenants.' },
  'tenant-disabled': {
    exit: 4,
    reason: 'disabled',
    hint: '`npm run tenants -- enable ID` lets it be audited again; what was read is kept.',
  },
  'node-too-old': {
    exit: 2,
    hint: 'Run `npm ci` (it brings Node 24 on Linux) and start through `npm run`, or install Node 24.',
  },
  'rule-invalid': {
    exit: 1,
    hint: 'A rule is one file in src/rules, called like its id, whose default export comes from defineRule or defineSetRule.',
  },

  'site-unreachable': {
    exit: 5,
    reason: 'unreachable',
    hint: 'Check the site address, DNS, proxy and firewall.',
    retryable: true,
  },
  'address-refused': { exit: 5, reason: 'unreachable', hint: 'Check the DNS entry of the site.', security: true },
  'certificate-invalid': {
    exit: 5,
    reason: 'unreachable',
    hint: 'Check the certificate that the site presents and NODE_EXTRA_CA_CERTS.',
  },
  ...SIGN_IN_ERRORS,
  forbidden: { exit: 5, reason: 'forbidden', hint: 'Give the account the permission that the message names.' },
  'visibility-lost': {
    exit: 4,
    reason: 'visibility-lost',
    hint: 'The account sees far less than last time: check its space permissions. Nothing was resolved from absence.',
  },
  'rate-limited': {
    exit: 4,
    reason: 'rate-limited',
    hint: 'The state is saved: run again later, or lower limits.share.',
    retryable: true,
  },
  'budget-spent': {
    exit: 4,
    reason: 'budget',
    hint: 'The state is saved and the next run goes on; raise limits.requestsPerRun to finish in one.',
  },
  'time-spent': {
    exit: 4,
    reason: 'time',
    hint: 'The state is saved and the next run goes on; raise limits.minutesPerRun to finish in one.',
  },
  'not-found': { exit: 5, reason: 'unexpected', hint: 'The object is gone or invisible to this account.' },
  'request-refused': {
    exit: 5,
    reason: 'unexpected',
    hint: 'Confluence refused the request as wrong: report this with the message.',
  },
  'server-error': {
    exit: 5,
    reason: 'unreachable',
    hint: 'Confluence failed repeatedly: look at the Atlassian status page and run again later.',
    retryable: true,
  },
  'response-invalid': {
    exit: 5,
    reason: 'unexpected',
    hint: 'The answer has not the documented shape: report this with the request id.',
  },
  'response-too-large': { exit: 5, reason: 'unexpected', hint: 'The answer is over the size cap and was not read.' },
  'cursor-expired': {
    exit: 4,
    reason: 'unexpected',
    hint: 'The list is walked again from its start.',
    retryable: true,
  },
  'cursor-loop': {
    exit: 4,
    reason: 'unexpected',
    hint: 'Confluence gave the same cursor twice: the list is incomplete; run again.',
  },
  'redirect-refused': {
    exit: 5,
    reason: 'unreachable',
    hint: 'Redirects are never followed: put the final address of the site in `site`.',
  },
  'foreign-origin': {
    exit: 5,
    reason: 'unexpected',
    hint: 'An answer pointed to another host; nothing was sent there. Check the site address.',
    security: true,
  },

  'database-unreachable': {
    exit: 1,
    reason: 'unexpected',
    hint: 'Check DATABASE_URL and that the server runs (Postgres 15 or newer).',
    retryable: true,
  },
  'database-unwritable': {
    exit: 1,
    reason: 'unexpected',
    hint: 'Look at the disk of the server, and whether it is a standby or read-only; what was saved is kept.',
    retryable: true,
  },
  'database-too-old': { exit: 1, hint: 'Use Postgres 15 or newer.' },
  'database-unprepared': {
    exit: 1,
    hint: 'Run `npm run migrate` with DATABASE_ADMIN_URL set to an account that may create schemas and roles.',
  },
  'isolation-broken': {
    exit: 1,
    hint: 'Take back what was changed by hand in the schemas audit, report and fleet; docs/security.md says what has to hold.',
  },
  'schema-newer': {
    exit: 1,
    hint: 'The database was migrated by a newer version of this program: update the program.',
  },
  'directory-locked': {
    exit: 7,
    hint: 'One process at a time may use the embedded database: wait for the other, or set DATABASE_URL to a Postgres server.',
  },
  'database-busy': {
    exit: 1,
    hint: 'Something else uses the table for long: run it again later; what was dropped stays dropped.',
    retryable: true,
  },
  'position-foreign': { exit: 2, hint: 'docs/operations.md says what to do once after a restore on another server.' },
  ...WRITE_ERRORS,
  'lease-held': {
    exit: 7,
    hint: 'Another worker audits this tenant now: wait, or run again when its lease has ended (45 seconds after it died).',
  },
  'lease-lost': {
    exit: 7,
    reason: 'interrupted',
    hint: 'Another worker took this run over; this one stopped writing.',
  },
  interrupted: { exit: 143, reason: 'interrupted', hint: 'The state is saved: the next run goes on.' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** A failure with a name, a sentence for people and a remedy. Messages never hold secrets, bodies or headers. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
  readonly code: ErrorCode;
  /** Where it happened, for logs: tenant, endpoint template, status, request id. Never values from a body. */
  readonly fields: Readonly<Record<string, string | number>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; fields?: Record<string, string | number> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? {};
  }

  get kind(): ErrorKind {
    return ERRORS[this.code];
  }

  get hint(): string {
    return ERRORS[this.code].hint;
  }
}

/** The same error where it is ours already, else `null`: for `catch` blocks that handle only named failures. */
export const asAuditError = (error: unknown): AuditError | null => (error instanceof AuditError ? error : null);
