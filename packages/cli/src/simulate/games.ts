/** What a simulated party of each game plays, and who plays it. */
import { createMemoryStorage, createPeer, seedIdentity } from '@fairground/peer';
import { CommandFailure } from '../failure.ts';
import { nimBot } from './nimBot.ts';
import type { PartyPlan } from './party.ts';
import type { Seed } from './seeds.ts';
import { triviaBot } from './triviaBot.ts';

export type SimulatedGame = 'trivia' | 'nim';

export interface GameWish {
  readonly url: string;
  readonly game: SimulatedGame;
  readonly flags: {
    readonly players?: number;
    readonly questions: number;
    readonly topics?: readonly string[];
    readonly kinds?: readonly string[];
  };
  readonly seed: Seed;
}

type GamePlan = Pick<PartyPlan, 'game' | 'config' | 'players' | 'bot'>;

export async function gamePlan(wish: GameWish): Promise<GamePlan> {
  return wish.game === 'nim' ? nimPlan(wish) : triviaPlan(wish);
}

function nimPlan({ flags, seed }: GameWish): GamePlan {
  if (flags.players !== undefined && flags.players !== 2)
    throw new CommandFailure('Nim has two seats: leave --players out, or say --players 2.');
  return { game: 'nim', config: { stones: 21, turnMs: 30_000 }, players: 2, bot: nimBot({ seed }) };
}

async function triviaPlan({ url, flags, seed }: GameWish): Promise<GamePlan> {
  const players = flags.players ?? 8;
  const topics = await chooseTopics(url, flags.topics, flags.questions);
  const config = {
    title: 'A simulated evening',
    topics,
    language: 'en',
    questions: flags.questions,
    // Nobody waits: a question closes when all have answered, and the host goes on by itself.
    windowMs: 20_000,
    graceMs: 0,
    seats: Math.max(players, 2),
    ...(flags.kinds ? { kinds: flags.kinds } : {}),
  };
  return { game: 'trivia', config, players, bot: triviaBot({ players, seed }) };
}

const MOST_TOPICS = 8;
const TRIES = 60;
const TRY_AGAIN_MS = 250;

/** What was asked for, if the bank has it; else what it has most of. Waits a moment for an authority that is connecting. */
async function chooseTopics(
  url: string,
  wanted: readonly string[] | undefined,
  questions: number,
): Promise<readonly string[]> {
  const available = await askTopics(url);
  const missing = wanted?.find((topic) => !available.has(topic));
  if (missing !== undefined)
    throw new CommandFailure(
      `The server has no questions on "${missing}". It has: ${[...available.keys()].join(', ')}.`,
    );
  const chosen =
    wanted ??
    [...available]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_TOPICS)
      .map(([topic]) => topic);
  const count = chosen.reduce((sum, topic) => sum + (available.get(topic) ?? 0), 0);
  if (count < questions)
    throw new CommandFailure(
      `The server has only ${count} questions on these topics: ask for fewer with --questions, or import more.`,
    );
  return chosen;
}

/** Topics in English and how many questions each has. */
async function askTopics(url: string): Promise<ReadonlyMap<string, number>> {
  const peer = createPeer({
    url,
    identity: seedIdentity(new Uint8Array(32)),
    storage: createMemoryStorage(),
  });
  try {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const topics = await peer.topics();
      const english = topics.ok ? topics.value.filter(({ language }) => language === 'en') : [];
      if (english.length > 0) return new Map(english.map(({ topic, count }) => [topic, count]));
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  } finally {
    peer.close();
  }
  throw new CommandFailure(
    `${url} offers no questions. Is a relay with an authority running there, and has its bank questions?`,
  );
}
