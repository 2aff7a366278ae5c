/** A player's device in tests: its key, its secret of a world, its chain of intents. */
import {
  type Bytes,
  type Cbor,
  concatBytes,
  intentHash,
  intentHeader,
  makeCreate,
  makeIntent,
  makeSeen,
  noIntent,
  publicKeyFromSeed,
  sha256,
  signEd25519,
  signedBytes,
  utf8ToBytes,
} from '@fairground/ledger';
import type { Visibility } from '@fairground/protocol';

export interface SignedMail {
  readonly payload: Bytes;
  readonly sig: Bytes;
}

export type IntentBody = { readonly [field: string]: Cbor };

export interface Device {
  readonly name: string;
  readonly key: Bytes;
  /** What it keeps of a world. */
  secretOf(world: Bytes): Bytes;
  /** The next intent of its chain; the chain goes on. */
  intent(world: Bytes, kind: string, body: IntentBody | ((header: Bytes) => IntentBody)): SignedMail;
  /** Where the chain stands may be set back, as a device does that lost its state. */
  chain(world: Bytes): { seq: number; prev: Bytes };
  create(request: CreateParts): SignedMail;
  /** Its word that it saw an intent for a lot. */
  vouch(world: Bytes, lot: number, intent: Bytes): SignedMail;
}

export interface CreateParts {
  readonly authority: Bytes;
  readonly game: string;
  readonly config: Cbor;
  readonly visibility?: Visibility;
  readonly room?: Bytes | null;
  readonly nonce: number;
  readonly at: number;
}

/** 32 bytes that follow from labels. */
export function labelled(...labels: readonly string[]): Bytes {
  return sha256(utf8ToBytes(labels.join('\0')));
}

export function createDevice(name: string): Device {
  const seed = labelled('device', name);
  const key = publicKeyFromSeed(seed);
  const chains = new Map<string, { seq: number; prev: Bytes }>();
  const chain = (world: Bytes) => {
    const id = world.toString();
    const known = chains.get(id) ?? { seq: 0, prev: noIntent };
    chains.set(id, known);
    return known;
  };
  const signed = (kind: string, payload: Bytes) => ({
    payload,
    sig: signEd25519(seed, signedBytes(kind, payload)),
  });
  return {
    name,
    key,
    secretOf: (world) => sha256(concatBytes(seed, world)),
    chain,
    intent(world, kind, body) {
      const at = chain(world);
      const head = { world, key, seq: at.seq, prev: at.prev, kind };
      const said = typeof body === 'function' ? body(intentHeader(head)) : body;
      const payload = makeIntent({ ...head, body: said });
      at.seq += 1;
      at.prev = intentHash(payload);
      return signed('intent', payload);
    },
    vouch(world, lot, intent) {
      const seen = { world, lot, intentHash: intentHash(intent), witness: key, headSize: 0 };
      return signed('seen', makeSeen({ ...seen, headRoot: new Uint8Array(32), at: 0 }));
    },
    create({ authority, game, config, visibility = 'listed', room = null, nonce, at }) {
      const request = { authority, host: key, game, config, visibility, room, at };
      return signed('create', makeCreate({ ...request, nonce: new Uint8Array(16).fill(nonce) }));
    },
  };
}
