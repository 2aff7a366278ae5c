/** The authority has signed a view that is not of its own log: over another root than the log's, or not what the rules draw there. */
import { bytesToBase32, bytesToBase64url } from './baseText.ts';
import { type Bytes, equalBytes } from './bytes.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { worldIdOf } from './genesis.ts';
import {
  type Judgement,
  type Signed,
  bytesOfText,
  isBytesText,
  isNoteText,
  isVkeyText,
  readSigned,
  unproven,
} from './judgement.ts';
import { leafHash, merkleRoot } from './merkle.ts';
import { parseNote } from './note.ts';
import { replayEntries } from './replayEntries.ts';
import type { AnyGame } from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import { sha256 } from './sha256.ts';
import { isText, listOf, literal, optional, shape } from './shape.ts';
import { type SignedPair, type SignedPairJson, pairFromJson, pairToJson, verifyPair } from './signedPair.ts';
import { type ViewWord, drawView, parseView } from './signedView.ts';
import { bytesToUtf8 } from './utf8.ts';
import { type Vkey, formatVkey } from './vkey.ts';

export interface ViewFaultProof {
  readonly kind: 'view';
  readonly vkey: string;
  readonly view: SignedPairJson;
  /** Of the view's size or a larger one. */
  readonly checkpoint: string;
  /** All that the checkpoint covers, from the genesis on; absent where the judge has the log, or the two roots are enough. */
  readonly entries?: readonly string[];
}

export const isViewFaultProof = shape<ViewFaultProof>({
  kind: literal('view'),
  vkey: isVkeyText,
  view: shape<SignedPairJson>({ bytes: isText, sig: isText }),
  checkpoint: isNoteText,
  entries: optional(listOf(isBytesText)),
});

export function makeViewFaultProof(
  vkey: Vkey,
  evidence: {
    readonly view: SignedPair;
    readonly checkpoint: Bytes;
    readonly entries?: readonly Bytes[];
  },
): ViewFaultProof {
  const { view, checkpoint, entries } = evidence;
  return {
    kind: 'view',
    vkey: formatVkey(vkey),
    view: pairToJson(view),
    checkpoint: bytesToUtf8(checkpoint) ?? '',
    ...(entries ? { entries: entries.map(bytesToBase64url) } : {}),
  };
}

/**
 * Convicts of `view_root` if the view names another root than the log's at its size, of `view_mismatch` if the rules draw something else
 * there. Rules that are not the very ones that the genesis names convict nobody: what they draw may have changed. `log` is what the judge
 * holds, from the genesis on, for a proof that brings no entries.
 */
export async function judgeViewFault(
  proof: ViewFaultProof,
  games: readonly AnyGame[],
  log?: readonly Bytes[],
): Promise<Judgement> {
  const signed = await readSigned(proof.vkey, proof.checkpoint);
  if (!signed.ok) return unproven(signed.code);
  const word = await readWord(proof.view, signed.value);
  if (!word.ok) return unproven(word.code);
  const { size, root } = word.value;
  const { checkpoint } = signed.value;
  if (size === 0 || size > checkpoint.size) return unproven('view_ahead');
  if (size === checkpoint.size && !equalBytes(root, checkpoint.root)) return guilty(proof, 'view_root', size);
  const entries = entriesOf(proof, checkpoint.size, log);
  if (!entries) return unproven('entries_missing', 'hand in the log that it is about');
  const leaves = entries.map(leafHash);
  if (leaves.length !== checkpoint.size || !equalBytes(merkleRoot(leaves), checkpoint.root))
    return unproven('root_not_reached');
  if (!equalBytes(merkleRoot(leaves.slice(0, size)), root)) return guilty(proof, 'view_root', size);
  const drawn = drawAt(entries.slice(0, size), word.value, { games, vkey: signed.value.vkey });
  if (!drawn.ok) return unproven(drawn.code, drawn.message);
  return equalBytes(sha256(drawn.value), word.value.hash)
    ? unproven('no_fault')
    : guilty(proof, 'view_mismatch', size);
}

/** The same proof with what it needs of the log in it, so that it convinces anybody who has nothing else. */
export function bringEntries<Proof extends { readonly kind: string }>(
  proof: Proof,
  log: readonly Bytes[],
): Proof | ViewFaultProof {
  if (!isViewFaultProof(proof) || proof.entries) return proof;
  const note = parseNote(proof.checkpoint);
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!checkpoint.ok || checkpoint.value.size > log.length) return proof;
  return { ...proof, entries: log.slice(0, checkpoint.value.size).map(bytesToBase64url) };
}

/** The same proof for somebody who has the log: short enough to be passed round. */
export function leaveEntries<Proof extends { readonly kind: string }>(proof: Proof): Proof | ViewFaultProof {
  if (!isViewFaultProof(proof)) return proof;
  const { kind, vkey, view, checkpoint } = proof;
  return { kind, vkey, view, checkpoint };
}

function guilty({ vkey }: ViewFaultProof, code: string, size: number): Judgement {
  return { verdict: 'convicts', against: 'authority', vkey, code, index: size - 1 };
}

function entriesOf(
  { entries }: ViewFaultProof,
  size: number,
  log: readonly Bytes[] | undefined,
): readonly Bytes[] | undefined {
  return entries ? entries.map(bytesOfText) : log?.slice(0, size);
}

async function readWord(json: SignedPairJson, { vkey }: Signed): Promise<Result<ViewWord, string>> {
  const pair = pairFromJson(json);
  const word = pair.ok ? parseView(pair.value.bytes) : pair;
  if (!pair.ok || !word.ok) return err('view_malformed');
  if (!vkey.name.endsWith(`/${bytesToBase32(word.value.world)}`)) return err('view_of_another_log');
  return (await verifyPair('view', vkey.key, pair.value)) ? ok(word.value) : err('view_signature');
}

function drawAt(
  entries: readonly Bytes[],
  word: ViewWord,
  { games, vkey }: { readonly games: readonly AnyGame[]; readonly vkey: Vkey },
): Result<Bytes, string> {
  if (!equalBytes(worldIdOf(entries[0] ?? new Uint8Array(0)), word.world)) return err('other_world');
  let upgraded: Bytes | undefined;
  const replayed = replayEntries(games, entries, ({ entry }) => {
    if (entry.kind === 'upgrade') upgraded = entry.rules;
  });
  if (!replayed.ok) return replayed;
  const { genesis, game, world } = replayed.value;
  if (!equalBytes(game.rules, upgraded ?? genesis.rules))
    return err('rules_differ', 'other rules of that version are built in');
  // A key that was handed on speaks for itself alone.
  const { origin, authorityKey, state } = world;
  if (origin !== vkey.name || !equalBytes(authorityKey, vkey.key)) return err('other_key');
  return drawn(game, state);
}

function drawn(game: AnyGame, state: unknown): Result<Bytes, 'rules_fault'> {
  try {
    return ok(drawView(game, state));
  } catch (fault) {
    return err('rules_fault', fault instanceof Error ? fault.message : String(fault));
  }
}
