/** What somebody can work out who knows our source and every question of the bank, and holds any number of candidate secrets. */
import { hash } from 'node:crypto';
import {
  type Bytes,
  type Cbor,
  dealCommit,
  encodeCbor,
  openSeal,
  sealCommit,
  type SealedIntent,
  sealKeyPair,
} from '@fairground/ledger';
import { deriveSecret } from '@fairground/rules';
import { asBuffer } from './notebook.ts';

/** The commitment to a right answer, and every value that it could hold. */
export interface Puzzle {
  readonly world: Bytes;
  readonly index: number;
  readonly commit: Bytes;
  readonly values: readonly Cbor[];
}

/** The values that some candidate proves, as the commitment's nonce. */
export function provenValues(
  { world, index, commit, values }: Puzzle,
  candidates: readonly Bytes[],
): readonly Cbor[] {
  return values.filter((value) => {
    const preimage = (nonce: Bytes) => encodeCbor(['deal/v1', world, 'answer', index, nonce, value]);
    const hits = matcher(preimage, dealCommit({ world, what: 'answer', index, nonce: mark, value }));
    return candidates.some((candidate) => hits(candidate, commit));
  });
}

/** What our source would derive from them: were they the questions' secret, or the world's from which that one comes. */
export function derivedNonces({ index }: Puzzle, candidates: readonly Bytes[]): readonly Bytes[] {
  return questionSecrets(candidates).map((secret) => deriveSecret(secret, 'answer-nonce', index));
}

/** The same for a lot's private key. */
export function derivedKeys({ lot }: Pick<Lot, 'lot'>, candidates: readonly Bytes[]): readonly Bytes[] {
  return questionSecrets(candidates).map((secret) => deriveSecret(secret, 'lot', lot));
}

function questionSecrets(candidates: readonly Bytes[]): readonly Bytes[] {
  return candidates.flatMap((candidate) => [candidate, deriveSecret(candidate, 'questions', 0)]);
}

/** A question's sealed answers, and every value that they could hold. */
export interface Lot {
  readonly world: Bytes;
  readonly lot: number;
  readonly pk: Bytes;
  readonly sealed: readonly SealedIntent[];
  readonly values: readonly Cbor[];
}

export interface Cracked {
  /** The entry that was opened. */
  readonly index: number;
  readonly value: Cbor;
}

/** Sealed answers whose commitment some candidate opens as its nonce. */
export function guessedSeals({ world, lot, sealed, values }: Lot, candidates: readonly Bytes[]): Cracked[] {
  return sealed.flatMap(({ index, key, seal }) =>
    values
      .filter((value) => {
        const preimage = (nonce: Bytes) => encodeCbor(['seal/v1', world, lot, key, nonce, value]);
        const hits = matcher(preimage, sealCommit({ world, lot, key, nonce32: mark, value }));
        return candidates.some((candidate) => hits(candidate, seal.commit));
      })
      .map((value) => ({ index, value })),
  );
}

/** Sealed answers that some candidate decrypts as the lot's private key. A key that is not the lot's opens nothing, so the pairs decide. */
export function decryptedSeals({ world, lot, pk, sealed }: Lot, candidates: readonly Bytes[]): Cracked[] {
  const sk = candidates.find((candidate) => publicKeyOf(candidate) === latin1(pk));
  if (!sk) return [];
  return sealed.flatMap(({ index, key, header, seal }) => {
    const opened = openSeal({ sk, pk, world, lot, key, header, seal });
    return opened.ok ? [{ index, value: opened.value.value }] : [];
  });
}

const publicKeys = new Map<string, string>();

/** As an X25519 private key; each is multiplied once, however many lots it is tried on. */
function publicKeyOf(candidate: Bytes): string {
  const name = latin1(candidate);
  const known = publicKeys.get(name);
  if (known !== undefined) return known;
  const made = latin1(sealKeyPair(candidate).pk);
  publicKeys.set(name, made);
  return made;
}

/** Stands where a nonce goes. */
const mark = new Uint8Array(32).fill(0xa5);

/** Checks a commitment for many nonces without encoding anew. Throws if that would not be the real commitment. */
function matcher(
  preimage: (nonce: Bytes) => Bytes,
  expected: Bytes,
): (nonce: Bytes, commit: Bytes) => boolean {
  const template = new Uint8Array(preimage(mark));
  const at = asBuffer(template).indexOf(mark);
  const digest = () => hash('sha256', template, 'latin1');
  if (digest() !== latin1(expected)) throw new Error('this is not how commitments are made');
  return (nonce, commit) => {
    template.set(nonce, at);
    return digest() === latin1(commit);
  };
}

function latin1(bytes: Bytes): string {
  return asBuffer(bytes).toString('latin1');
}
