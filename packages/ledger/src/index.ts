/** The ledger room: canonical bytes, Merkle trees, notes, proofs, seals and draws. No storage, no network, no keys kept. */
export * from './base58.ts';
export * from './baseText.ts';
export * from './bytes.ts';
export * from './cbor.ts';
export * from './checkpoint.ts';
export * from './commitment.ts';
export * from './cosignature.ts';
export * from './decimal.ts';
export * from './deviceWitness.ts';
export * from './didKey.ts';
export * from './ed25519.ts';
export { type KeyRefusal, type PublicKey, parsePublicKey } from './ed25519Key.ts';
export * from './handOvers.ts';
export * from './heir.ts';
export * from './hex.ts';
export * from './hkdf.ts';
export * from './hpke.ts';
export * from './merkle.ts';
export * from './merkleProof.ts';
export * from './merkleVerify.ts';
export { namedFiles } from './namedFiles.ts';
export * from './note.ts';
export * from './noteVerify.ts';
export { randomBytes } from './platform.ts';
export * from './policy.ts';
export * from './policyParse.ts';
export * from './random.ts';
export * from './result.ts';
export * from './seal.ts';
export * from './sha256.ts';
export * from './tiles.ts';
export * from './tlogProof.ts';
export { bytesToUtf8, isWellFormed, utf8ToBytes } from './utf8.ts';
export * from './vkey.ts';
export * from './witness.ts';
export * from './admit.ts';
export { type ChainRefusal } from './chain.ts';
export * from './create.ts';
export * from './ending.ts';
export * from './entry.ts';
export { type EntryRefusal, decodeEntry, encodeEntry } from './entryCodec.ts';
export * from './genesis.ts';
export {
  type IntentParts,
  type IntentRefusal,
  intentHash,
  intentHeader,
  makeIntent,
  MAX_INTENT_BYTES,
  noIntent,
  parseIntent,
  type SignedIntent,
  signIntent,
} from './intent.ts';
export * from './lot.ts';
export * from './receipt.ts';
export * from './replay.ts';
export * from './replayable.ts';
export * from './replayEntries.ts';
export * from './rotate.ts';
export * from './seen.ts';
export * from './signedPair.ts';
export * from './snapshot.ts';
export * from './upgrade.ts';
export * from './versions.ts';
export * from './world.ts';
export * from './aside.ts';
export * from './audit.ts';
export * from './bundle.ts';
export * from './bundleSource.ts';
export * from './treeCheck.ts';
export * from './verify.ts';
export {
  type Check as VerifyCheck,
  type Failure,
  type FailureCode,
  type Trust,
  type VerifyLevel,
  type VerifyReport,
} from './verifyReport.ts';
export * from './words.ts';
export * from './worldJson.ts';
export * from './zipRead.ts';
export * from './zipWrite.ts';
export * from './segment.ts';
export * from './accuse.ts';
export * from './hashTree.ts';
export * from './delay.ts';
export * from './drop.ts';
export * from './equivocation.ts';
export * from './escrow.ts';
export * from './faultProof.ts';
export { type Conviction, type Judgement, type Unproven } from './judgement.ts';
export * from './signedView.ts';
export * from './stateFault.ts';
export * from './viewFault.ts';
