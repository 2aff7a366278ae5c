/** A client of one's own: signs what it likes, sends it as it likes, and hears the codes. */
import {
  type Bytes,
  type Cbor,
  decodeEntry,
  encodePair,
  equalBytes,
  intentHash,
  makeIntent,
  noIntent,
  parseIntent,
  type SignedPair,
  signPair,
  unwrap,
} from '@fairground/ledger';
import {
  createMemoryStorage,
  createPeer,
  type Follower,
  type Joined,
  type Peer,
  seedIdentity,
} from '@fairground/peer';
import { IntentReply, paths, Problem, worldBytes } from '@fairground/protocol';
import { diceOf } from '@fairground/rules';
import { seatKeys, type SeatKeys } from '../simulate/seat.ts';

export interface Outlaw {
  readonly name: string;
  readonly key: Bytes;
  readonly peer: Peer;
  readonly keys: SeatKeys;
  /** Where its next intent goes, if it keeps to its chain. */
  readonly place: { seq: number; prev: Bytes };
  intent(world: Joined['world'], kind: string, body?: Body, place?: Place): Promise<SignedPair>;
  /** Signs and posts; goes on in its chain when the intent is in the ledger. The code, `counted`, or the rules' refusal. */
  say(joined: Joined, kind: string, body?: Body): Promise<string>;
  /** Its share of the dice, in the first round. */
  share(joined: Joined): Promise<string>;
  join(joined: Joined, name?: string): Promise<string>;
  close(): void;
}

type Body = { readonly [field: string]: Cbor };
interface Place {
  readonly seq: number;
  readonly prev: Bytes;
}

export function createOutlaw(
  url: string,
  name: string,
  seed = crypto.getRandomValues(new Uint8Array(32)),
): Outlaw {
  const identity = seedIdentity(seed);
  const { key } = identity;
  const peer = createPeer({ url, identity, storage: createMemoryStorage() });
  const place = { seq: 0, prev: noIntent };
  const keys = seatKeys({ name, key, secret: seed });
  const outlaw: Outlaw = {
    name,
    key,
    peer,
    keys,
    place,
    async intent(world, kind, body = {}, { seq, prev } = place) {
      return signPair(
        'intent',
        identity,
        makeIntent({ world: worldBytes(world), key, seq, prev, kind, body }),
      );
    },
    async say({ world }, kind, body) {
      const pair = await outlaw.intent(world, kind, body);
      const said = await post(url, world, pair);
      if (said.status !== 200) return said.code;
      place.seq += 1;
      place.prev = intentHash(pair.bytes);
      return said.code;
    },
    share: (joined) => outlaw.say(joined, 'share', { round: 0, ...diceOf(seed) }),
    join: (joined, shown = name) => outlaw.say(joined, 'join', { name: shown, avatar: 0, ...keys }),
    close: () => peer.close(),
  };
  return outlaw;
}

export interface Said {
  readonly status: number;
  readonly code: string;
}

export async function post(url: string, world: Joined['world'], pair: SignedPair): Promise<Said> {
  const headers = { 'content-type': 'application/cbor' };
  const body = new Uint8Array(encodePair(pair));
  const response = await fetch(new URL(paths.intents(world), url), { method: 'POST', headers, body });
  const reply: unknown = await response.json();
  const { status } = response;
  if (status >= 400) return { status, code: Problem.parse(reply).code };
  return { status, code: status === 202 ? 'kept' : (IntentReply.parse(reply).refused?.code ?? 'counted') };
}

export async function createWorld({ peer }: Outlaw, config: Body, game = 'trivia'): Promise<Joined> {
  const topics = unwrap(await peer.topics());
  const largest = topics.toSorted((a, b) => b.count - a.count)[0]?.topic ?? 'general';
  const whole = game === 'trivia' ? { topics: [largest], ...config } : config;
  return unwrap(await peer.createWorld({ game, config: whole, visibility: 'listed' }));
}

/** How often each kind of intent is in the ledger by this key, refused ones with their code. */
export function loggedOf(follower: Follower, key: Bytes): readonly string[] {
  return follower.log.entries.flatMap((bytes) => {
    const entry = unwrap(decodeEntry(bytes));
    if (entry.kind !== 'intent' || !equalBytes(unwrap(parseIntent(entry.bytes)).key, key)) return [];
    return [entry.refused ?? 'counted'];
  });
}
