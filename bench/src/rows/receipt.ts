/** P5: from the tap to the receipt, while fifty real clients play and follow. */
import { createSeed, runParty, triviaBot } from '@fairground/cli';
import type { Follower } from '@fairground/peer';
import { openHouse } from '../house.ts';
import { percentile } from '../median.ts';
import type { Measure, Row } from '../row.ts';

const PLAYERS = 50;
const QUESTIONS = 10;
/** Fifty people do not answer in one instant. */
const HESITATES_MS = 4_000;

export const row: Row = {
  name: 'receipt',
  target: 'P5',
  title: 'Tap to receipt on loopback, 50 players, durable',
  run,
};

async function run(): Promise<readonly Measure[]> {
  const house = await openHouse();
  try {
    const times = await play(house.url);
    const what = (name: string) => `${name} of ${times.length} answers`;
    return [
      { what: what('median'), value: percentile(times, 0.5), unit: 'ms', atMost: 25, because: 'the target' },
      { what: what('99 %'), value: percentile(times, 0.99), unit: 'ms', atMost: 80, because: 'the target' },
    ];
  } finally {
    await house.close();
  }
}

async function play(url: string): Promise<readonly number[]> {
  const seed = createSeed(5);
  const times: number[] = [];
  const topics = ['food', 'geography', 'history', 'science'];
  await runParty({
    url,
    seed,
    game: 'trivia',
    config: { topics, questions: QUESTIONS, graceMs: 0, seats: PLAYERS },
    players: PLAYERS,
    bot: triviaBot({ players: PLAYERS, seed, hesitatesMs: HESITATES_MS }),
    patienceMs: 300_000,
    tell: () => {},
    watch: (follower) => timeAnswers(follower, times),
  });
  return times;
}

/** From the moment at which an answer is stored on the device to the one at which its receipt is. */
function timeAnswers(follower: Follower, times: number[]): void {
  const stored = new Map<string, number>();
  follower.mine.subscribe((records) => {
    const now = performance.now();
    for (const { id, plan, receipt } of records) {
      if (plan.kind !== 'answer') continue;
      const since = stored.get(id);
      if (since === undefined) stored.set(id, now);
      else if (receipt && since >= 0) {
        times.push(now - since);
        stored.set(id, -1);
      }
    }
  });
}
