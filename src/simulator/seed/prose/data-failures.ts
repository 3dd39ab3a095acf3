import type { FailureMode } from './failure-modes.ts';

/** Failures of what the service keeps: databases, disks, certificates, credentials. */
export const DATA_FAILURES: readonly FailureMode[] = [
  {
    name: 'database failover',
    alert: '{slug}-primary-unreachable',
    symptoms: [
      'Writes of {Service} fail with a connection error while reads still work.',
      'The primary does not answer its peers for thirty seconds.',
    ],
    checks: [
      'patronictl list {slug}',
      'psql {slug} -c "select pg_is_in_recovery()"',
      'dig +short {slug}-primary.internal',
    ],
    actions: [
      'Check that the old primary is really gone. Two primaries are worse than none.',
      'Let the cluster elect; step in by hand only if it has not done so after ninety seconds.',
      'Restart the connection poolers, which keep dead connections for up to a minute.',
      'Replay the outbox so that events written around the switch are sent once more.',
    ],
    rollback:
      'Do not switch back the same night. The old primary rejoins as a replica and is promoted in the weekly window.',
    proof: 'A test row written through the service appears on both replicas within two seconds.',
  },
  {
    name: 'replica lag',
    alert: '{slug}-replication-delay',
    symptoms: [
      'Reads from the replica of {Service} are more than a minute old.',
      'Customers see an order vanish and come back.',
    ],
    checks: [
      'psql {slug}-replica -c "select now() - pg_last_xact_replay_timestamp()"',
      'psql {slug} -c "select pid, state, query from pg_stat_activity where xact_start < now() - interval \'5 minutes\'"',
    ],
    actions: [
      'Look for one long transaction on the replica; a report is the usual suspect.',
      'Cancel the report, and tell its owner when it may run again.',
      'If the primary simply writes more than the replica can apply, send the reads of the checkout path to the primary.',
    ],
    rollback: 'Send the reads back to the replica when the delay has been under five seconds for ten minutes.',
    proof: 'The delay graph is flat and the comparison job finds no difference.',
  },
  {
    name: 'slow queries',
    alert: '{slug}-db-p95',
    symptoms: [
      'The slowest twentieth of the queries of {Service} takes longer than a second.',
      'The pool is full, and requests wait for a connection.',
    ],
    checks: [
      'psql {slug} -c "select * from pg_stat_statements order by mean_exec_time desc limit 10"',
      'psql {slug} -c "select * from bloat_estimate limit 10"',
    ],
    actions: [
      'Compare the plan of the slowest query with the one stored in the repository under plans.',
      'If the plan changed, run ANALYZE on its tables; statistics that are a day old have fooled us twice.',
      'Kill queries older than five minutes unless they belong to the nightly export.',
      'Add no index at night. Note the candidate and go on.',
    ],
    rollback: 'Nothing to take back, unless you raised the pool size: set it to its old value.',
    proof: 'The graph of the slowest twentieth returns under 200 milliseconds.',
  },
  {
    name: 'disk pressure',
    alert: '{slug}-volume-usage',
    symptoms: ['A data volume of {Service} is more than 85 percent full and fills by a percent an hour.'],
    checks: ['df -h /var/lib/{slug}', 'du -xh --max-depth=2 /var/lib/{slug} | sort -h | tail', 'lsof +L1 | head'],
    actions: [
      'Deleted files that are still open are the first thing to look for; a restart of the log shipper frees them.',
      'Shorten the retention of debug logs to a day.',
      'Grow the volume by a third. Growing works without a restart, shrinking does not work at all.',
      'If the write-ahead log grows, find the replication slot that nobody reads.',
    ],
    rollback: 'Set the retention back to a week on the next working day.',
    proof: 'Usage is under 70 percent and the forecast says at least thirty days.',
  },
  {
    name: 'certificate expiry',
    alert: '{slug}-certificate-days-left',
    symptoms: [
      'The certificate that {Service} presents ends within seven days.',
      'Older clients refuse the connection with a handshake error.',
    ],
    checks: [
      'openssl s_client -connect {slug}.internal:443 -servername {slug}.internal </dev/null | openssl x509 -noout -dates',
      'certctl list --service {slug}',
    ],
    actions: [
      'Ask the issuer for a new certificate; the order takes four minutes and needs no approval for internal names.',
      'Check that the chain holds the intermediate, which the automatic job has left out once.',
      'Reload the proxies one zone at a time.',
      'Add the name to the renewal job if it was missing there.',
    ],
    rollback: 'Keep the previous certificate for a day; the proxies can be pointed back to it by its serial.',
    proof: 'The external probe shows the new end date from three places.',
  },
  {
    name: 'credential rotation',
    alert: '{slug}-secret-age',
    symptoms: [
      'A credential of {Service} is older than its policy allows, or it has been seen where it does not belong.',
    ],
    checks: ['vaultctl age {slug}', 'vaultctl readers {slug} --days 7'],
    actions: [
      'Create the second credential beside the first; both are valid for a day.',
      'Roll the pods so that they read the new one, and watch the readers list until the old one is quiet.',
      'Revoke the old credential.',
      'If it leaked, call the security lead first and rotate without the overlap.',
    ],
    rollback: 'Within the day of overlap, the old credential can be made the active one again.',
    proof: 'The readers list shows only the new version for an hour.',
  },
  {
    name: 'dead letters',
    alert: '{slug}-parking-queue-depth',
    symptoms: [
      'The parking queue of {Service} holds more than fifty messages.',
      'Their error texts are nearly always one and the same.',
    ],
    checks: ['queuectl peek {slug}-parking --count 5 --headers', 'queuectl errors {slug}-parking --group'],
    actions: [
      'Group the messages by error before you touch one of them.',
      'Fix the cause, then replay ten messages and check their effect by hand.',
      'Replay the rest at no more than twenty a second.',
      'Messages older than a week go to the archive with a note; their meaning is gone.',
    ],
    rollback: 'Replay is idempotent for everything but refunds. Refunds are listed and done by hand.',
    proof: 'The parking queue is empty, and the reconciliation report of the next morning has no gap.',
  },
  {
    name: 'backup restore',
    alert: '{slug}-restore-drill-overdue',
    symptoms: [
      'Data of {Service} was deleted or damaged and must come from a backup.',
      'Or the quarterly drill is due.',
    ],
    checks: ['backupctl list {slug} --last 10', 'backupctl verify {slug} --latest'],
    actions: [
      'Restore beside the live system, never over it.',
      'Choose the point in time together with the person who noticed the damage, and write down why.',
      'Compare row counts of the ten largest tables with the numbers of the morning report.',
      'Copy back only the rows that are missing.',
    ],
    rollback: 'Drop the restored copy after the review, at the latest after seven days: it holds customer data.',
    proof: 'The person who noticed the damage confirms it is gone, in writing.',
  },
  {
    name: 'region evacuation',
    alert: '{slug}-region-health',
    symptoms: ['Several services beside {Service} fail in one region, and the provider confirms a problem.'],
    checks: ['regionctl health --all', 'regionctl capacity --without west'],
    actions: [
      'The incident lead decides, nobody else. Ask for the decision after ten minutes of uncertainty.',
      'Check the capacity of what remains before you move a single request.',
      'Move in steps of a fifth and wait three minutes between the steps.',
      'Stop the batch jobs of the region so that they do not run in both places.',
    ],
    rollback: 'Come back in the same steps, at the earliest an hour after the provider has closed the incident.',
    proof: 'No request reaches the evacuated region, and the error budget of the others is intact.',
  },
];
