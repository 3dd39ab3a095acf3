import type { Scenario } from './crawl.ts';

const bucket = (perSecond: number, burst: number) => ({ perSecond, burst });
const window = { perSecond: 10, burst: 0, windowSeconds: 1 };
const falls = { ...bucket(20, 20), changes: [{ after: 300, perSecond: 4 }] };
const moves = {
  ...bucket(10, 10),
  changes: [
    { after: 1_200, perSecond: 5 },
    { after: 2_400, perSecond: 20 },
  ],
};
const rises = { ...bucket(5, 10), changes: [{ after: 600, perSecond: 20 }] };

const TOLD = { used: 98, refused: 0.05 };
const WARM = { used: 97, refused: 0.4 };
const COLD = { used: 95, refused: 0.5 };
const FALL = { used: 95, refused: 0.6 };

/** What the clients are held against: R is the rate a second, B the bucket. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'R10 B10, told by a header', shape: bucket(10, 10), seconds: 600, told: true, goal: TOLD },
  { name: 'R50 B50, told by a header', shape: bucket(50, 50), seconds: 600, told: true, goal: TOLD },
  { name: 'R10 B10, warm', shape: bucket(10, 10), seconds: 600, warm: 10, goal: WARM },
  { name: 'R10 B10, cold', shape: bucket(10, 10), seconds: 600, goal: COLD },
  { name: 'R10 B100, warm', shape: bucket(10, 100), seconds: 600, warm: 10, goal: WARM },
  { name: 'R10 B100, cold', shape: bucket(10, 100), seconds: 600 },
  { name: 'R2 B10, warm, an hour', shape: bucket(2, 10), seconds: 3_600, warm: 2, goal: WARM },
  { name: 'R2 B10, cold, an hour', shape: bucket(2, 10), seconds: 3_600, goal: COLD },
  { name: 'R50 B50, warm', shape: bucket(50, 50), seconds: 600, warm: 50, goal: WARM },
  { name: 'R50 B50, cold', shape: bucket(50, 50), seconds: 600, goal: COLD },
  { name: 'R10 B10, a 429 costs a token, cold', shape: { ...bucket(10, 10), refusalsCost: true }, seconds: 600 },
  { name: 'window of 10 in 1 s, told by a header', shape: window, seconds: 600, told: true },
  { name: 'window of 10 in 1 s, cold', shape: window, seconds: 600 },
  { name: '20 falls to 4, warm', shape: falls, seconds: 600, warm: 20, goal: FALL },
  { name: '20 falls to 4, cold', shape: falls, seconds: 600, goal: FALL },
  { name: '5 rises to 20, cold', shape: rises, seconds: 1_200 },
  { name: '10, 5, 20 over an hour, cold', shape: moves, seconds: 3_600 },
  { name: 'R10 B10, 4 processes, warm', shape: bucket(10, 10), seconds: 600, processes: 4, warm: 10, goal: WARM },
  { name: 'R10 B10, 4 processes, cold', shape: bucket(10, 10), seconds: 600, processes: 4, goal: COLD },
];
