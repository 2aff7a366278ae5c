/** A device at a simulated table: its key, its secret of the world, its chain. */
import {
  type Bytes,
  type Cbor,
  concatBytes,
  intentHash,
  intentHeader,
  makeIntent,
  noIntent,
  publicKeyFromSeed,
  sha256,
  signedBytes,
  signEd25519,
  utf8ToBytes,
} from '@fairground/ledger';

export interface Player {
  readonly name: string;
  readonly key: Bytes;
  /** This device's 32 secret bytes of the world. */
  readonly secret: Bytes;
  /** The next intent of its chain, signed; the chain moves on when it is told so. */
  next(kind: string, body: PlayerBody): Signed;
  /** The intent is in the ledger. */
  took(signed: Signed): void;
}

export type BodyFields = { readonly [field: string]: Cbor };
/** A body, or how it is made from the header that a seal is bound to. */
export type PlayerBody = BodyFields | ((header: Bytes) => BodyFields);

export interface Signed {
  readonly seq: number;
  readonly bytes: Bytes;
  readonly sig: Bytes;
  readonly hash: Bytes;
}

export interface PlayerDeps {
  readonly world: Bytes;
  readonly seed: string;
}

export function createPlayer({ world, seed }: PlayerDeps, name: string): Player {
  const privateKey = secretOf(seed, `player/${name}`);
  const key = publicKeyFromSeed(privateKey);
  let seq = 0;
  let prev: Bytes = noIntent;
  return {
    name,
    key,
    secret: secretOf(seed, `secret/${name}`),
    next(kind, body) {
      const chain = { world, key, seq, prev, kind };
      const said = typeof body === 'function' ? body(intentHeader(chain)) : body;
      const bytes = makeIntent({ ...chain, body: said });
      return {
        seq,
        bytes,
        sig: signEd25519(privateKey, signedBytes('intent', bytes)),
        hash: intentHash(bytes),
      };
    },
    took(signed) {
      seq = signed.seq + 1;
      prev = signed.hash;
    },
  };
}

/** 32 bytes that follow from a seed and a label: all chance of a simulated table. */
export function secretOf(seed: string, label: string): Uint8Array<ArrayBuffer> {
  return sha256(concatBytes(utf8ToBytes(seed), new Uint8Array(1), utf8ToBytes(label)));
}
