/** P5: from the tap to the receipt, while fifty real clients play and follow. */
import { openHouse } from '../house.ts';
import { percentile } from '../median.ts';
import { playParty } from '../party/playParty.ts';
import type { Measure, Row } from '../row.ts';

const PLAYERS = 50;
/** Five to a process: on phones everybody has one for himself, here two cores carry them all. */
const HOUSEHOLDS = 10;
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
    const times = await playParty({
      url: house.url,
      players: PLAYERS,
      households: HOUSEHOLDS,
      questions: QUESTIONS,
      hesitatesMs: HESITATES_MS,
    });
    const what = (name: string) => `${name} of ${times.length} answers`;
    return [
      { what: what('median'), value: percentile(times, 0.5), unit: 'ms', atMost: 25, because: 'the target' },
      { what: what('99 %'), value: percentile(times, 0.99), unit: 'ms', atMost: 80, because: 'the target' },
    ];
  } finally {
    await house.close();
  }
}
