/** One real client in a lobby, that makes a commit whenever it is asked to: it is ready, or it is not. */
import { type Seed, createPlayer, triviaBot } from '@fairground/cli';
import { type Follower, type OutboxRecord, type Peer, systemPorts } from '@fairground/peer';
import { type Listener, tapPorts } from './wireTap.ts';

export interface Lobby {
  readonly peer: Peer;
  readonly world: string;
  /** Another intent, stored on the device when it resolves; gives its id. */
  say(): Promise<string>;
  /** Resolves when the ledger has it, receipt or not; rejects after `patienceMs`, with the states of all. */
  counted(id: string, patienceMs: number): Promise<void>;
  close(): void;
}

export async function openLobby(url: string, seed: Seed, listener: Listener): Promise<Lobby> {
  process.setMaxListeners(0);
  const player = createPlayer(url, 'Ada', seed.bytes('lobby'), tapPorts(systemPorts(), listener));
  const joined = await openRoom(player.peer);
  // A bot of its own: the player sits down and does nothing by itself.
  const follower = await player.play(joined, () => () => []);
  const say = sayer(follower);
  const [join] = triviaBot({ players: 2, seed })({
    ...{ name: player.name, key: player.peer.identity.key, secret: follower.secret },
  })({ phase: 'lobby', host: '', seatsCount: 0, standings: [] });
  if (!join) throw new Error('a bot joins');
  await follower.submit(join.wish);
  return {
    peer: player.peer,
    world: joined.world,
    say,
    counted: (id, patienceMs) => counted(follower, id, patienceMs),
    close: () => player.leave(),
  };
}

const AGAIN_MS = 200;
const TRIES = 300;

export async function openRoom(peer: Peer) {
  const config = { topics: ['science'], questions: 1 };
  for (let i = 0; i < TRIES; i++) {
    const created = await peer.createWorld({ game: 'trivia', config, visibility: 'unlisted' });
    if (created.ok) return created.value;
    await new Promise((resume) => setTimeout(resume, AGAIN_MS));
  }
  throw new Error('no room could be opened');
}

function sayer(follower: Follower): () => Promise<string> {
  let ready = false;
  return async () => {
    ready = !ready;
    const submitted = await follower.submit({ kind: 'ready', body: { ready } });
    if (!submitted.ok) throw new Error(submitted.code);
    return submitted.value.id;
  };
}

function counted({ mine }: Follower, id: string, patienceMs: number): Promise<void> {
  const find = () => mine.value.find((record) => record.id === id);
  return new Promise((resolve, reject) => {
    const states = () => mine.value.map(({ state, code }) => code ?? state).join(' ');
    const timer = setTimeout(() => finish(() => reject(new Error(`not counted: ${states()}`))), patienceMs);
    const stops: (() => void)[] = [];
    const finish = (act: () => void) => {
      clearTimeout(timer);
      queueMicrotask(() => stops.splice(0).forEach((stop) => stop()));
      act();
    };
    stops.push(mine.subscribe(() => settle(find(), finish, resolve, reject)));
  });
}

function settle(
  record: OutboxRecord | undefined,
  finish: (act: () => void) => void,
  resolve: () => void,
  reject: (fault: Error) => void,
): void {
  if (record?.state === 'counted') finish(resolve);
  if (record?.state === 'failed' || record?.state === 'refused')
    finish(() => reject(new Error(`${record.state}: ${record.code}`)));
}
