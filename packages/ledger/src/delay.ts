/** A relay has said that it had an intent, and the log went past it: somebody on the way, relay or authority, kept it back. */
import { admit } from './admit.ts';
import { bytesToBase64url } from './baseText.ts';
import { type Bytes, equalBytes } from './bytes.ts';
import { keyToDid } from './didKey.ts';
import { signedBytes, verifyEd25519 } from './ed25519.ts';
import type { LogEntry } from './entry.ts';
import { decodeEntry } from './entryCodec.ts';
import { intentHash, parseIntent } from './intent.ts';
import {
  type Judgement,
  bytesOfText,
  isBytesText,
  isNoteText,
  isVkeyText,
  readSigned,
  unproven,
} from './judgement.ts';
import { sealedOf } from './lot.ts';
import { leafHash, merkleRoot } from './merkle.ts';
import { replayEntries } from './replayEntries.ts';
import type { AnyGame } from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import { type Seen, parseSeen } from './seen.ts';
import { isText, listOf, literal, shape } from './shape.ts';
import { type SignedPair, type SignedPairJson, pairFromJson, pairToJson, verifyPair } from './signedPair.ts';
import { bytesToUtf8 } from './utf8.ts';
import { type Vkey, formatVkey } from './vkey.ts';

export interface DelayProof {
  readonly kind: 'delay';
  readonly vkey: string;
  /** Over all the entries. */
  readonly checkpoint: string;
  /** From the genesis on. */
  readonly entries: readonly string[];
  readonly intent: SignedPairJson;
  readonly seen: SignedPairJson;
}

/** How far the clocks of a relay and an authority may be apart before a delay can be shown by them. */
export const clockAllowance = 10_000;

const isPair = shape<SignedPairJson>({ bytes: isText, sig: isText });

export const isDelayProof = shape<DelayProof>({
  kind: literal('delay'),
  vkey: isVkeyText,
  checkpoint: isNoteText,
  entries: listOf(isBytesText),
  intent: isPair,
  seen: isPair,
});

export function makeDelayProof(
  vkey: Vkey,
  evidence: {
    readonly checkpoint: Bytes;
    readonly entries: readonly Bytes[];
    readonly intent: SignedPair;
    readonly seen: SignedPair;
  },
): DelayProof {
  return {
    kind: 'delay',
    vkey: formatVkey(vkey),
    checkpoint: bytesToUtf8(evidence.checkpoint) ?? '',
    entries: evidence.entries.map(bytesToBase64url),
    intent: pairToJson(evidence.intent),
    seen: pairToJson(evidence.seen),
  };
}

/**
 * Convicts if the witness had the intent at a head of this very log, the log reached the cut without it, and right before the cut the
 * rules would still have logged it. The cut is the opening of the lot that the intent is sealed to, else the first entry ten seconds
 * after the sighting. Only the word of a relay that the asker knows counts: anybody can make a key and sign with it to have seen.
 */
export async function judgeDelay(
  proof: DelayProof,
  games: readonly AnyGame[],
  relays: readonly Bytes[],
): Promise<Judgement> {
  const log = await readLog(proof);
  if (!log.ok) return unproven(log.code);
  const word = await readWord(proof, log.value);
  if (!word.ok) return unproven(word.code);
  const { witness } = word.value.seen;
  if (!relays.some((relay) => equalBytes(relay, witness))) {
    return unproven('witness_unknown', `${keyToDid(witness)} is no relay that you have named`);
  }
  const cut = findCut(log.value, word.value);
  if (!cut.ok) return unproven(cut.code);
  const missed = wouldBeLogged(log.value, { cut: cut.value, intent: word.value.intent, games });
  if (!missed.ok) return unproven(missed.code, missed.message);
  return { verdict: 'convicts', against: 'carrier', vkey: proof.vkey, code: 'delay', index: cut.value };
}

interface Log {
  readonly bytes: readonly Bytes[];
  readonly entries: readonly LogEntry[];
  readonly leaves: readonly Bytes[];
}

interface Word {
  readonly seen: Seen;
  readonly intent: SignedPair;
}

async function readLog({ vkey, checkpoint, entries }: DelayProof): Promise<Result<Log, string>> {
  const signed = await readSigned(vkey, checkpoint);
  if (!signed.ok) return signed;
  const bytes = entries.map(bytesOfText);
  const leaves = bytes.map(leafHash);
  const { size, root } = signed.value.checkpoint;
  if (leaves.length !== size || !equalBytes(merkleRoot(leaves), root)) return err('root_not_reached');
  const decoded = bytes.map(decodeEntry);
  const known = decoded.flatMap((entry) => (entry.ok ? [entry.value] : []));
  return known.length === bytes.length ? ok({ bytes, entries: known, leaves }) : err('entry_malformed');
}

async function readWord(proof: DelayProof, { leaves }: Log): Promise<Result<Word, string>> {
  const [intent, pair] = [pairFromJson(proof.intent), pairFromJson(proof.seen)];
  const seen = pair.ok ? parseSeen(pair.value.bytes) : pair;
  if (!intent.ok || !pair.ok || !seen.ok) return err('proof_malformed');
  const { witness, headSize, headRoot } = seen.value;
  if (!(await verifyPair('seen', witness, pair.value))) return err('seen_signature');
  if (!equalBytes(seen.value.intentHash, intentHash(intent.value.bytes)))
    return err('seen_of_another_intent');
  const isHead = headSize <= leaves.length && equalBytes(merkleRoot(leaves.slice(0, headSize)), headRoot);
  if (!isHead) return err('seen_at_another_head');
  const parts = parseIntent(intent.value.bytes);
  const isSigned =
    parts.ok &&
    (await verifyEd25519(parts.value.key, signedBytes('intent', intent.value.bytes), intent.value.sig));
  return isSigned ? ok({ seen: seen.value, intent: intent.value }) : err('intent_signature');
}

function findCut({ entries }: Log, { seen, intent }: Word): Result<number, string> {
  const parts = parseIntent(intent.bytes);
  const lot = parts.ok ? sealedOf(parts.value, 0)?.lot : undefined;
  const cut = entries.findIndex((entry, index) => {
    if (index < seen.headSize) return false;
    return lot === undefined
      ? entry.at > seen.at + clockAllowance
      : entry.kind === 'lot' && entry.lot === lot;
  });
  if (cut < 0) return err('no_cut');
  const isThere = entries
    .slice(0, cut)
    .some((entry) => entry.kind === 'intent' && equalBytes(entry.bytes, intent.bytes));
  return isThere ? err('intent_in_time') : ok(cut);
}

function wouldBeLogged(
  { bytes }: Log,
  {
    cut,
    intent,
    games,
  }: { readonly cut: number; readonly intent: SignedPair; readonly games: readonly AnyGame[] },
): Result<void, string> {
  const replayed = replayEntries(games, bytes.slice(0, cut));
  if (!replayed.ok) return replayed;
  const { family, world } = replayed.value;
  const admitted = admit(family, world, { ...intent, at: world.at, via: 'relay' });
  return admitted.ok ? ok() : admitted;
}
