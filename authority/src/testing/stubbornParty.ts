/** Players who go on whatever happens to the authority: what was not answered is sent again to the next process, as the relay does. */
import { type Bytes, equalBytes } from '@fairground/ledger';
import type { CreateReplyBody } from '@fairground/protocol';
import { gameFor, type TriviaState } from '@fairground/rules';
import { vi } from 'vitest';
import type * as Y from 'yjs';
import { type ChildParty, startChild } from './childParty.ts';
import { type Device, type SignedMail, createDevice } from './device.ts';
import type { Doom } from './doom.ts';
import { joinBody, sealAnswer, triviaState } from './players.ts';
import type { Reply } from './relayEnd.ts';

interface Sent {
  readonly kind: 'intent' | 'create';
  readonly mail: SignedMail;
  reply?: Reply;
}

export interface Stubborn {
  readonly world: Bytes;
  readonly party: ChildParty;
  /** How many processes it took. */
  readonly lives: number;
  readonly sent: readonly Sent[];
}

const config = { topics: ['science'], questions: 1, graceMs: 0, revealMs: 2000, afterMs: 0 };
const patience = { timeout: 100_000, interval: 20 };

/** A whole match of trivia; each process falls at its doom, and the last one has none. */
export async function playStubbornly(
  dataDir: string,
  lockDir: string,
  dooms: readonly Doom[],
): Promise<Stubborn> {
  const docs = new Map<string, Y.Doc>();
  const players = [createDevice('Ann'), createDevice('Bob')];
  const sent: Sent[] = [];
  let party = await startChild(dataDir, lockDir, docs, dooms[0]);
  let lives = 1;

  function deliver(one: Sent): void {
    void party.relay.send(one.kind, one.mail).then((reply) => (one.reply = reply));
  }

  function send(kind: Sent['kind'], mail: SignedMail): void {
    const one: Sent = { kind, mail };
    sent.push(one);
    deliver(one);
  }

  async function step(): Promise<boolean> {
    if (party.isGone) {
      party = await startChild(dataDir, lockDir, docs, dooms[lives]);
      lives += 1;
      for (const one of sent) if (!one.reply) deliver(one);
    }
    if (sent.some(({ reply }) => !reply)) return false;
    const world = worldOf(sent);
    if (!world) send('create', createMail(party, players));
    else if (party.follow(world).closed) return true;
    else act(party, world, players, sent.length, (mail) => send('intent', mail));
    return false;
  }

  await vi.waitUntil(step, patience);
  const world = worldOf(sent);
  if (!world) throw new Error('the match was never made');
  return { world, party, lives, sent };
}

function worldOf(sent: readonly Sent[]): Bytes | undefined {
  const reply = sent.find(({ kind }) => kind === 'create')?.reply;
  if (reply && reply.status !== 200) throw new Error(`create: ${JSON.stringify(reply.body)}`);
  return reply && (reply.body as unknown as CreateReplyBody).world;
}

function createMail({ hello }: ChildParty, [host]: readonly Device[]): SignedMail {
  if (!host) throw new Error('a host');
  return host.create({ authority: hello.key, game: 'trivia', config, nonce: 1, at: Date.now() });
}

/** What is to be done now, at most one thing a player. */
function act(
  party: ChildParty,
  world: Bytes,
  players: readonly Device[],
  sentSoFar: number,
  send: (mail: SignedMail) => void,
): void {
  const state = triviaState(party, world);
  const joining = players.filter(({ key }) => !state.seats.some((seat) => equalBytes(seat.key, key)));
  if (state.phase === 'lobby') {
    for (const device of joining)
      send(device.intent(world, 'join', joinBody(device, world, 'trivia') as never));
    const [host] = players;
    if (joining.length === 0 && host && sentSoFar === 1 + players.length)
      send(host.intent(world, 'start', {}));
    return;
  }
  for (const device of players) play(party, world, state, device, send);
}

function play(
  party: ChildParty,
  world: Bytes,
  state: TriviaState,
  device: Device,
  send: (mail: SignedMail) => void,
): void {
  const game = gameFor('trivia', 1);
  for (const chore of game?.chores(state, { key: device.key }, device.secretOf(world)) ?? []) {
    const { kind, ...body } = chore as { readonly kind: string };
    send(device.intent(world, kind, body as never));
  }
  const turn = state.seats.find(({ key }) => equalBytes(key, device.key))?.turns[state.current];
  if (state.phase === 'open' && turn?.entry === -1) send(sealAnswer(party, world, device, 0));
}
