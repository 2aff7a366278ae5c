/** A trivia match on a real relay and authority in which one seat is a spy's, who answers last or not at all. */
import { type Bytes, bytesToHex, decodeEntry, type LogEntry, unwrap } from '@fairground/ledger';
import { type Follower, type Joined, until } from '@fairground/peer';
import { ANSWER_SIZE, type TriviaView } from '@fairground/rules';
import { gamePlan } from '../simulate/games.ts';
import { createPlayer, type Player } from '../simulate/player.ts';
import { seatKeys } from '../simulate/seat.ts';
import { createSeed, type Seed } from '../simulate/seeds.ts';
import { createSpy, type Spy } from './spy.ts';

export const QUESTIONS = 3;

export interface Watched {
  readonly joined: Joined;
  readonly spy: Spy;
  readonly entries: readonly Bytes[];
  readonly decoded: readonly LogEntry[];
}

/** Resolves when the world is closed and the spy has read all of it once more. */
export async function playWatched(url: string): Promise<Watched> {
  const seed = createSeed(11);
  const [host, guest] = ['Ada', 'Bruno'].map((name) => createPlayer(url, name, seed.bytes(name)));
  if (!host || !guest) throw new Error('two players');
  const spy = createSpy(url, seed.bytes('spy'));
  try {
    const { joined, bot } = await openMatch(url, host, seed);
    const document = spy.listen(joined);
    const presence = await beThere(host, joined);
    const follower = await spy.peer.world(joined.world);
    await Promise.all([host.play(joined, bot), guest.play(joined, bot), sitDown(spy, follower)]);
    document.present({ name: 'Spy' });
    for (let index = 0; index < QUESTIONS; index++) await watchQuestion(spy, follower, joined, index);
    await until(follower, ({ status }) => status === 'closed');
    await spy.sweep(joined, follower.log.entries);
    const { entries } = follower.log;
    follower.close();
    presence.close();
    return { joined, spy, entries, decoded: entries.map((bytes) => unwrap(decodeEntry(bytes))) };
  } finally {
    host.leave();
    guest.leave();
  }
}

async function openMatch(url: string, { peer }: Player, seed: Seed) {
  const flags = { players: 3, questions: QUESTIONS };
  const { bot, config } = await gamePlan({ url, game: 'trivia', flags, seed });
  const made = await peer.createWorld({
    game: 'trivia',
    config: { ...config, windowMs: 12_000, graceMs: 3_000, revealMs: 2_000 },
    visibility: 'listed',
  });
  return { joined: unwrap(made), bot };
}

/** As the app does: presence and chat in the room's document. */
async function beThere({ peer, name }: Player, { room }: Joined) {
  const document = peer.room(room);
  await until(document.status, (status) => status === 'online');
  document.present({ name, avatar: 1, ready: true });
  await document.chat.send('Good luck, everybody!');
  return document;
}

async function sitDown(spy: Spy, follower: Follower): Promise<void> {
  await until(follower, ({ view }) => view !== undefined);
  const seat = { name: 'Spy', key: spy.identity.key, secret: follower.secret };
  await follower.submit({ kind: 'join', body: { name: seat.name, avatar: 7, ...seatKeys(seat) } });
  const id = bytesToHex(seat.key);
  await until(follower, ({ view }) => viewOf(view)?.standings.some((one) => one.id === id) === true);
  await follower.submit({ kind: 'ready', body: { ready: true } });
}

/** Reads everything when all others have answered; the question of odd index it lets run out, and reads again before it is opened. */
async function watchQuestion(spy: Spy, follower: Follower, joined: Joined, index: number): Promise<void> {
  const isAt = (phase: TriviaView['phase'], answered: number) => (state: { readonly view: unknown }) => {
    const view = viewOf(state.view);
    return view?.phase === phase && view.round?.index === index && view.round.answeredCount >= answered;
  };
  await until(follower, isAt('open', 2));
  await spy.sweep(joined, follower.log.entries);
  if (index % 2 === 0) {
    const seal = { lot: index, value: 0, size: ANSWER_SIZE };
    unwrap(await follower.submit({ kind: 'answer', seal }));
  } else {
    await until(follower, isAt('closing', 2));
    await spy.sweep(joined, follower.log.entries);
  }
  await until(follower, isAt('revealed', 2));
}

function viewOf(view: unknown): TriviaView | undefined {
  return view as TriviaView | undefined;
}
