/** What can break, written so that it fits any service; `{Service}` and `{slug}` are filled in. */
export interface FailureMode {
  readonly name: string;
  readonly alert: string;
  readonly symptoms: readonly string[];
  readonly checks: readonly string[];
  readonly actions: readonly string[];
  readonly rollback: string;
  readonly proof: string;
}

export const LOAD_FAILURES: readonly FailureMode[] = [
  {
    name: 'high error rate',
    alert: '{slug}-5xx-ratio',
    symptoms: [
      'More than two percent of the answers of {Service} are server errors for five minutes.',
      'Callers retry, so the request rate climbs together with the errors.',
      'The status page still looks green because the health check does not touch the database.',
    ],
    checks: [
      'kubectl -n {slug} get pods -o wide',
      'kubectl -n {slug} logs deploy/{slug} --since=10m | grep -c ERROR',
      'promql "sum(rate(http_requests_total{app=\\"{slug}\\",code=~\\"5..\\"}[5m]))"',
    ],
    actions: [
      'Look at the release page: if a rollout ended within the last hour, roll it back before anything else.',
      'Compare zones. One bad zone means a node or a network problem and you can drain it.',
      'If every zone fails the same way, check the dependencies in the order in which the service page lists them.',
      'Turn the retry budget of the callers down to ten percent so that the service can breathe.',
    ],
    rollback: 'Restore the retry budget and the drained zone once the error ratio has been flat for fifteen minutes.',
    proof: 'The error ratio stays under 0.2 percent for half an hour, and the synthetic order completes.',
  },
  {
    name: 'queue backlog',
    alert: '{slug}-oldest-message-age',
    symptoms: [
      'The oldest message waits longer than ten minutes.',
      'Consumers are up, yet their throughput is under half of what it was yesterday at this hour.',
    ],
    checks: [
      'queuectl depth {slug} --by-partition',
      'queuectl consumers {slug} --lag',
      'kubectl -n {slug} top pods --containers',
    ],
    actions: [
      'Find out whether one partition or all of them lag: one partition nearly always means one message that cannot be digested.',
      'Move that message to the parking queue with its headers and note its key in the incident channel.',
      'If all partitions lag, double the consumers, and watch the connection count of the database while you do.',
      'Tell the owners of the upstream service that their events will arrive late; give them a time.',
    ],
    rollback: 'Scale the consumers back in steps of two and leave ten minutes between the steps.',
    proof: 'The age of the oldest message falls under a minute and stays there through the next full hour.',
  },
  {
    name: 'traffic spike',
    alert: '{slug}-request-rate-anomaly',
    symptoms: [
      'Requests to {Service} are three times the forecast for this hour of the week.',
      'Latency of the slowest percent rises before the average does.',
    ],
    checks: [
      'edgectl top clients --service {slug} --minutes 15',
      'edgectl top paths --service {slug} --minutes 15',
      'kubectl -n {slug} get hpa',
    ],
    actions: [
      'Decide within five minutes whether the traffic is wanted: a campaign, a retry storm and a scraper look alike at first.',
      'For a retry storm, raise the minimum of the autoscaler and ask the caller to add jitter.',
      'For a scraper, add the client to the slow lane. Do not block whole networks.',
      'If the database is the bottleneck, enable the read-only mode of the less important endpoints.',
    ],
    rollback: 'Remove the slow-lane entry after a day; it expires by itself after three.',
    proof: 'The forecast and the measured rate agree again to within a fifth.',
  },
  {
    name: 'cache stampede',
    alert: '{slug}-cache-miss-ratio',
    symptoms: [
      'The miss ratio jumps from four to more than forty percent within a minute.',
      'The database of {Service} sees the same query hundreds of times at once.',
    ],
    checks: [
      'cachectl stats {slug}',
      'cachectl hot-keys {slug} --top 20',
      'psql {slug} -c "select * from running_queries limit 20"',
    ],
    actions: [
      'Check whether somebody flushed the cache; the flush command writes a line to the audit channel.',
      'Switch request coalescing on. It is off by default because it hides slow queries.',
      'Warm the twenty hottest keys from the replica with the warm-up job.',
      'Lengthen the lifetime of the entries to an hour until the miss ratio is back to normal.',
    ],
    rollback: 'Set the lifetime back and switch coalescing off; leave the warm-up job scheduled.',
    proof: 'The miss ratio is under five percent and the slow query list is empty.',
  },
  {
    name: 'memory leak',
    alert: '{slug}-restart-rate',
    symptoms: [
      'Pods of {Service} are killed for memory every forty minutes, always in the same order.',
      'The heap grows in a straight line, whatever the load.',
    ],
    checks: [
      'kubectl -n {slug} get events --sort-by=.lastTimestamp | grep -i oom',
      'heapctl snapshot {slug} --pod oldest --out /tmp/{slug}.heap',
      'heapctl compare /tmp/{slug}.heap --baseline last-release',
    ],
    actions: [
      'Take one heap snapshot before you restart anything; without it the next person starts from nothing.',
      'Restart the pods one at a time, oldest first.',
      'Raise the memory limit by a quarter to gain the night, not to solve the problem.',
      'Open a ticket for the owning team and attach the comparison.',
    ],
    rollback: 'Lower the limit again with the release that fixes the leak.',
    proof: 'No restart for two hours, and the heap line bends.',
  },
  {
    name: 'stuck deployment',
    alert: '{slug}-rollout-deadline',
    symptoms: [
      'The rollout of {Service} has stood still for twenty minutes.',
      'Old and new pods answer side by side, and customers see both versions.',
    ],
    checks: [
      'kubectl -n {slug} rollout status deploy/{slug}',
      'kubectl -n {slug} describe rs',
      'releasectl show {slug} --latest',
    ],
    actions: [
      'Read the events of the newest replica set; an image that cannot be pulled and a readiness probe that fails are nine cases in ten.',
      'Pause the pipeline so that nobody stacks a second release on the first.',
      'Undo the rollout. Forward fixes are for daylight.',
      'Write down which gate let the release through.',
    ],
    rollback: 'Resume the pipeline after the owning team has confirmed the cause.',
    proof: 'One version answers, and the release page says so.',
  },
];
