/**
 * Signed entries that no honest authority makes: from a signed state (or the genesis) on they do not give what the log says, or, from
 * the genesis on, they open what was never bound.
 */
import { type Audit, auditEntry, auditSignatures, createAudit } from './audit.ts';
import { bytesToBase64url } from './baseText.ts';
import { type Bytes, equalBytes } from './bytes.ts';
import { decodeEntry } from './entryCodec.ts';
import { worldIdOf } from './genesis.ts';
import {
  type Judgement,
  bytesOfText,
  isBytesText,
  isNoteText,
  isVkeyText,
  readSigned,
  unproven,
} from './judgement.ts';
import {
  type Frontier,
  appendLeaf,
  decodeFrontier,
  encodeFrontier,
  frontierRoot,
  leafHash,
} from './merkle.ts';
import { verifyHandOvers } from './handOvers.ts';
import { type Stepped, step } from './replay.ts';
import { openReplay } from './replayEntries.ts';
import type { AnyGame } from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import { keyAfter, type Standing } from './rotate.ts';
import { sha256 } from './sha256.ts';
import { listOf, literal, optional, shape } from './shape.ts';
import { parseWorld } from './snapshot.ts';
import { bytesToUtf8 } from './utf8.ts';
import { type Vkey, formatVkey } from './vkey.ts';
import type { World } from './world.ts';

export interface StateFaultProof {
  readonly kind: 'state';
  readonly vkey: string;
  /** Over the frontier and all the entries. */
  readonly checkpoint: string;
  /** `encodeFrontier` of what comes before the entries; of size 0 if the first entry is the genesis. */
  readonly frontier: string;
  /** `encodeWorld` whose hash the first entry, a `state`, has; absent if the first entry is the genesis. */
  readonly snapshot?: string;
  /** The `rotate` entries before the snapshot, if it says that the key was handed on. */
  readonly rotations?: readonly string[];
  readonly entries: readonly string[];
}

export const isStateFaultProof = shape<StateFaultProof>({
  kind: literal('state'),
  vkey: isVkeyText,
  checkpoint: isNoteText,
  frontier: isBytesText,
  snapshot: optional(isBytesText),
  rotations: optional(listOf(isBytesText)),
  entries: listOf(isBytesText),
});

export function makeStateFaultProof(
  vkey: Vkey,
  evidence: {
    readonly checkpoint: Bytes;
    readonly frontier: Frontier;
    readonly snapshot?: Bytes;
    readonly rotations?: readonly Bytes[];
    readonly entries: readonly Bytes[];
  },
): StateFaultProof {
  const { checkpoint, frontier, snapshot, rotations = [], entries } = evidence;
  return {
    kind: 'state',
    vkey: formatVkey(vkey),
    checkpoint: bytesToUtf8(checkpoint) ?? '',
    frontier: bytesToBase64url(encodeFrontier(frontier)),
    ...(snapshot ? { snapshot: bytesToBase64url(snapshot) } : {}),
    ...(rotations.length > 0 ? { rotations: rotations.map(bytesToBase64url) } : {}),
    entries: entries.map(bytesToBase64url),
  };
}

/**
 * Convicts the key whose the log is after these entries, and no other, at the first entry that the stepper refuses, signatures included,
 * or, from the genesis on, the audit: what is opened late was bound early. The code is theirs.
 */
export async function judgeStateFault(proof: StateFaultProof, games: readonly AnyGame[]): Promise<Judgement> {
  const signed = await readSigned(proof.vkey, proof.checkpoint);
  if (!signed.ok) return unproven(signed.code);
  const { size, root, origin } = signed.value.checkpoint;
  const frontier = decodeFrontier(bytesOfText(proof.frontier));
  if (!frontier.ok) return unproven(frontier.code);
  const entries = proof.entries.map(bytesOfText);
  const grown = entries.reduce((edge, bytes) => appendLeaf(edge, leafHash(bytes)), frontier.value);
  if (grown.size !== size || !equalBytes(frontierRoot(grown), root)) return unproven('root_not_reached');
  const start = startOf(proof, entries, games);
  if (!start.ok) return unproven(start.code, start.message);
  const { game, world, rest, audit } = start.value;
  if (world.origin !== origin || world.size + rest.length !== size) return unproven('other_world');
  if (!equalBytes(signed.value.vkey.key, keyAfter(ownedBefore(world, proof), rest)))
    return unproven('other_key');
  for (const bytes of rest) {
    const index = world.size;
    const stepped = step(game, world, bytes);
    if (!stepped.ok && stepped.code === 'rules_unknown') return unproven('rules_unknown');
    const fault = stepped.ok ? await auditOne(audit, stepped.value) : stepped.code;
    if (fault !== undefined)
      return { verdict: 'convicts', against: 'authority', vkey: proof.vkey, code: fault, index };
  }
  return unproven('no_fault');
}

/**
 * Whoever signs a `state` can write any key into the snapshot that it is the hash of: only the genesis, which the log's name holds the
 * hash of, says whose the log is, and rotations that the proof shows.
 */
function ownedBefore(
  { opening, size, authorityKey }: World<unknown>,
  { rotations }: StateFaultProof,
): Standing {
  const from = opening.genesis.authority.key;
  const isHandedOn = verifyHandOvers({
    ...{ world: opening.world, from, to: authorityKey, before: size },
    rotations: (rotations ?? []).map(bytesOfText),
  }).ok;
  return { opening, size, authorityKey: isHandedOn ? authorityKey : from };
}

async function auditOne(audit: Audit | undefined, stepped: Stepped<unknown>): Promise<string | undefined> {
  if (!audit) return undefined;
  const audited = auditEntry(audit, stepped);
  if (!audited.ok) return audited.code;
  return (await auditSignatures(audit)).fault?.code;
}

interface Start {
  readonly game: AnyGame;
  readonly world: World<unknown>;
  readonly rest: readonly Bytes[];
  /** Absent after a snapshot: what was bound before it is not known. */
  readonly audit?: Audit;
}

function startOf(
  { snapshot }: StateFaultProof,
  entries: readonly Bytes[],
  games: readonly AnyGame[],
): Result<Start, string> {
  const [first, ...others] = entries;
  if (!first) return err('entries_missing');
  return snapshot === undefined
    ? openFrom(first, others, games)
    : resumeFrom(bytesOfText(snapshot), entries, games);
}

/** A genesis that is refused convicts nobody either: no world was ever opened by it. */
function openFrom(
  genesisBytes: Bytes,
  rest: readonly Bytes[],
  games: readonly AnyGame[],
): Result<Start, string> {
  const opened = openReplay(games, genesisBytes);
  if (!opened.ok) return opened;
  const { genesis, family: game, world } = opened.value;
  return ok({ game, world, rest, audit: createAudit(worldIdOf(genesisBytes), genesis) });
}

function resumeFrom(
  snapshot: Bytes,
  entries: readonly Bytes[],
  games: readonly AnyGame[],
): Result<Start, string> {
  const state = decodeEntry(entries[0] ?? new Uint8Array(0));
  if (!state.ok || state.value.kind !== 'state' || !equalBytes(state.value.hash, sha256(snapshot)))
    return err('snapshot_unsigned');
  for (const game of games) {
    const world = parseWorld<unknown, unknown, unknown>(game, snapshot);
    if (world.ok) return ok({ game, world: world.value, rest: entries });
    if (world.code !== 'rules_unknown') return world;
  }
  return err('rules_unknown');
}
