/** A few of a party's players in a process of their own: nobody's tap waits behind fifty other people's screens. Told by its parent whom to be. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createPlayer, createSeed, nameOf, triviaBot } from '@fairground/cli';
import type { Follower, Joined } from '@fairground/peer';

export interface Household {
  readonly url: string;
  /** The first player's number; player 0 opens the room. */
  readonly first: number;
  readonly count: number;
  /** Of the whole party. */
  readonly players: number;
  readonly questions: number;
  readonly hesitatesMs: number;
  readonly showsResultMs?: number;
  /** Absent for the host's household. */
  readonly joined?: Joined;
}

/** What a household tells: where the room is, then, at the end, how long each answer took. */
export type Told = { readonly joined: Joined } | { readonly times: readonly number[] };

const PATIENCE_MS = 300_000;
const TOPICS = ['food', 'geography', 'history', 'science'];

process.on('disconnect', () => process.exit());
process.once('message', (household: Household) => {
  play(household).then(
    (times) => process.send?.({ times } satisfies Told, () => process.exit()),
    (fault: unknown) => {
      process.stderr.write(`${String(fault)}\n`);
      process.exit(1);
    },
  );
});

async function play({ url, first, count, joined, ...plan }: Household): Promise<readonly number[]> {
  const seed = createSeed(5);
  const bot = triviaBot({ ...plan, seed });
  const people = Array.from({ length: count }, (_, i) =>
    createPlayer(url, nameOf(first + i), seed.bytes(`player ${first + i}`)),
  );
  const room = joined ?? (await openRoom(people[0], plan));
  if (!joined) process.send?.({ joined: room } satisfies Told);
  const times: number[] = [];
  for (const person of people) timeAnswers(await person.play(room, bot), times);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  await Promise.all(people.map((person) => person.end(signal)));
  for (const person of people) person.leave();
  return times;
}

type Host = ReturnType<typeof createPlayer>;

/** Asks again while the authority is still connecting. */
async function openRoom(
  host: Host | undefined,
  { players, questions }: Pick<Household, 'players' | 'questions'>,
): Promise<Joined> {
  const config = { topics: TOPICS, questions, graceMs: 0, seats: players };
  for (let tries = 0; tries < 40; tries++) {
    const created = await host?.peer.createWorld({ game: 'trivia', config, visibility: 'unlisted' });
    if (created?.ok) return created.value;
    await sleep(250);
  }
  throw new Error('the room could not be opened');
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
