/** People in a lobby who say that they are ready, and that they are not, as fast as they may: entries for others to miss. */
import { createPlayer, createSeed, nameOf } from '@fairground/cli';
import {
  type Bytes,
  encodePair,
  noIntent,
  pairFromJson,
  parseReceipt,
  seedSigner,
  type SignedIntent,
  type Signer,
  signIntent,
  unwrap,
} from '@fairground/ledger';
import type { Joined } from '@fairground/peer';
import { CAP_HEADER, CBOR_TYPE, IntentReply, paths, worldBytes } from '@fairground/protocol';

export interface Talkers {
  readonly joined: Joined;
  /** Has so many intents counted, and says how long the log is then. */
  talk(count: number): Promise<number>;
}

interface Talker {
  readonly signer: Signer;
  seq: number;
  prev: Bytes;
}

export async function seatTalkers(url: string, count: number): Promise<Talkers> {
  const seed = createSeed(7);
  const joined = await openRoom(url, count);
  const talkers = Array.from({ length: count }, (_, i) => ({
    signer: seedSigner(seed.bytes(`talker ${i}`)),
    seq: 0,
    prev: noIntent,
  }));
  const say = async (talker: Talker, kind: string, body: SaidBody) => {
    const { signer, seq, prev } = talker;
    const signed = await signIntent(signer, { world: worldBytes(joined.world), seq, prev, kind, body });
    const index = await post(url, joined, signed);
    talker.seq += 1;
    talker.prev = signed.hash;
    return index;
  };
  for (const [i, talker] of talkers.entries()) {
    const [box, rand] = [seed.bytes(`box ${i}`), seed.bytes(`rand ${i}`)];
    await say(talker, 'join', { name: nameOf(i), avatar: 0, box, rand });
  }
  return {
    joined,
    async talk(wanted) {
      const each = Math.ceil(wanted / count);
      const ends = talkers.map(async (talker) => {
        let last = 0;
        for (let i = 0; i < each; i++) last = await say(talker, 'ready', { ready: talker.seq % 2 === 1 });
        return last;
      });
      return Math.max(...(await Promise.all(ends))) + 1;
    },
  };
}

type SaidBody = Parameters<typeof signIntent>[1]['body'];

/** Asks again while the authority is still connecting. */
async function openRoom(url: string, seats: number): Promise<Joined> {
  const host = createPlayer(url, 'Host', createSeed(7).bytes('host'));
  for (let tries = 0; tries < 40; tries++) {
    const created = await host.peer.createWorld({
      game: 'trivia',
      config: { topics: ['food'], questions: 5, seats: seats + 1 },
      visibility: 'unlisted',
    });
    if (created.ok) {
      host.leave();
      return created.value;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the room could not be opened');
}

/** The index of its entry. */
async function post(url: string, { world, cap }: Joined, intent: SignedIntent): Promise<number> {
  const headers: Record<string, string> = { 'content-type': CBOR_TYPE };
  if (cap !== null) headers[CAP_HEADER] = cap;
  const body = new Uint8Array(encodePair(intent));
  for (;;) {
    const answer = await fetch(`${url}${paths.intents(world)}`, { method: 'POST', headers, body }).catch(
      () => undefined, // a connection that was kept open is closed by the server now and then
    );
    if (answer?.status === 200) return indexIn(IntentReply.parse(await answer.json()));
    if (answer && answer.status !== 429 && answer.status !== 202) throw new Error(await answer.text());
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function indexIn({ receipt }: IntentReply): number {
  return unwrap(parseReceipt(unwrap(pairFromJson(receipt)).bytes)).index;
}
