/** People who play match after match, whatever happens to the server. */
import { type Player, type Seed, createPlayer, nameOf, triviaBot } from '@fairground/cli';
import { type Joined, type Ports, systemPorts } from '@fairground/peer';
import { type Listener, tapPorts } from './wireTap.ts';

export interface TableWish {
  readonly url: string;
  readonly players: number;
  /** Asked in each match. */
  readonly questions: number;
  readonly seed: Seed;
  readonly listener: Listener;
  /** A match that has not come to its end after this long stands still, ms. */
  readonly patienceMs: number;
}

export interface Table {
  /** No match begins any more; resolves with how many came to their end when the last one has. Rejects when one went wrong. */
  finish(): Promise<number>;
  /** Rejects when a match goes wrong; else it never settles. */
  readonly failed: Promise<never>;
}

export function sitDown(wish: TableWish): Table {
  // y-websocket listens for the end of the process once a document: with many players that is no leak.
  process.setMaxListeners(0);
  const ports = tapPorts(systemPorts(), wish.listener);
  const state = { isEnding: false };
  const playing = playOn(wish, ports, state);
  const failed = new Promise<never>((_, reject) => playing.catch(reject));
  failed.catch(() => {});
  return {
    failed,
    finish() {
      state.isEnding = true;
      return playing;
    },
  };
}

async function playOn(wish: TableWish, ports: Ports, state: { readonly isEnding: boolean }): Promise<number> {
  let matches = 0;
  for (; !state.isEnding; matches++) await playMatch(wish, ports, matches);
  return matches;
}

async function playMatch(
  { url, players: count, questions, seed, patienceMs }: TableWish,
  ports: Ports,
  match: number,
): Promise<void> {
  const signal = AbortSignal.timeout(patienceMs);
  const players = Array.from({ length: count }, (_, i) =>
    createPlayer(url, nameOf(i), seed.bytes(`match ${match}, player ${i}`), ports),
  );
  const bot = triviaBot({ players: count, seed, hesitatesMs: HESITATES_MS });
  const [host] = players;
  try {
    if (!host) throw new Error('a table needs somebody');
    const joined = await openRoom(host, { questions, seats: count }, signal);
    await Promise.all(players.map((player) => player.play(joined, bot)));
    await Promise.all(players.map((player) => player.end(signal)));
  } finally {
    for (const player of players) player.leave();
  }
}

const HESITATES_MS = 500;
const AGAIN_MS = 200;

/** Asks until somebody opens one: whoever should may just have been killed. */
async function openRoom(
  host: Player,
  { questions, seats }: { readonly questions: number; readonly seats: number },
  signal: AbortSignal,
): Promise<Joined> {
  const config = {
    ...{
      title: 'Soak',
      topics: ['food', 'geography', 'history', 'science'],
      questions,
      seats: Math.max(seats, 2),
    },
    // Whoever has not found back by then misses one question and no more.
    ...{ windowMs: 5_000, graceMs: 0, revealMs: 2_000, afterMs: 0 },
  };
  for (;;) {
    const created = await host.peer.createWorld({ game: 'trivia', config, visibility: 'unlisted' });
    if (created.ok) return created.value;
    if (signal.aborted) throw new Error(`no room could be opened: ${created.message ?? created.code}`);
    await new Promise((resume) => setTimeout(resume, AGAIN_MS));
  }
}
