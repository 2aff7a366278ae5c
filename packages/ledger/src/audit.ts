/** What a full verification checks beyond the rules: who signed, and that everything opened is what was committed or sealed. */
import { type LotBook, type LotRefusal, checkLot, createLotBook, noteKey, noteSealed } from './auditLots.ts';
import { type Bytes, equalBytes, isBytes } from './bytes.ts';
import { dealCommit } from './commitment.ts';
import { signedBytes, verifyEd25519 } from './ed25519.ts';
import type { CommitEntry, Genesis, IntentEntry, LotEntry, RevealEntry, SeenEntry } from './entry.ts';
import type { IntentParts } from './intent.ts';
import { randCommit } from './random.ts';
import type { Stepped } from './replay.ts';
import { type Result, err, ok } from './result.ts';
import { parseSeen } from './seen.ts';

export type AuditCode =
  | 'intent_signature'
  | 'seen_signature'
  | 'commit_again'
  | 'reveal_uncommitted'
  | 'reveal_mismatch'
  | LotRefusal;

/** One that is to be checked by `auditSignatures`. */
interface Signature {
  readonly kind: 'intent' | 'seen';
  /** Of its entry. */
  readonly index: number;
  readonly key: Bytes;
  readonly message: Bytes;
  readonly sig: Bytes;
}

export interface Audit {
  readonly world: Bytes;
  readonly genesis: Pick<Genesis<unknown>, 'authority' | 'rand'>;
  /** By key in hex: the last of each chain, which covers all before it. */
  readonly chains: Map<string, Signature>;
  readonly sightings: Signature[];
  /** By `<what> <index>`. */
  readonly commits: Map<string, Bytes>;
  readonly lots: LotBook;
  readonly counts: { commitments: number; openings: number };
}

export function createAudit(world: Bytes, genesis: Audit['genesis']): Audit {
  return {
    world,
    genesis,
    chains: new Map(),
    sightings: [],
    commits: new Map(),
    lots: createLotBook(world),
    counts: { commitments: 0, openings: 0 },
  };
}

/** Takes note of a stepped entry, and checks what can be checked at once. */
export function auditEntry(
  audit: Audit,
  { index, entry, parts, keyHex = '' }: Stepped<unknown>,
): Result<void, AuditCode> {
  switch (entry.kind) {
    case 'intent':
      if (parts) noteIntent(audit, index, entry, { parts, keyHex });
      return ok();
    case 'seen':
      noteSightings(audit, index, entry);
      return ok();
    case 'commit':
      return noteCommits(audit, entry);
    case 'key':
      return noteKey(audit.lots, entry);
    case 'reveal':
      return checkReveal(audit, entry);
    case 'lot':
      return countLot(audit, entry);
    default:
      return ok();
  }
}

export type SignatureFault = { readonly code: 'intent_signature' | 'seen_signature'; readonly index: number };

/** So many are under way at once: a browser checks them on threads of its own, and each by itself would wait for its way there and back. */
const atOnce = 64;

/**
 * One signature for each chain and one for each sighting that came since the last call, in the order of the log; `progress` is awaited
 * now and then.
 */
export async function auditSignatures(
  { chains, sightings }: Audit,
  progress?: (done: number, total: number) => Promise<void>,
): Promise<{ readonly checked: number; readonly fault?: SignatureFault }> {
  const all = [...chains.values(), ...sightings].sort((a, b) => a.index - b.index);
  chains.clear();
  sightings.length = 0;
  for (let checked = 0; checked < all.length; checked += atOnce) {
    await progress?.(checked, all.length);
    const some = all.slice(checked, checked + atOnce);
    const verdicts = await Promise.all(some.map(isGood));
    const bad = some[verdicts.indexOf(false)];
    if (bad) {
      const { kind, index } = bad;
      return { checked: all.indexOf(bad), fault: { code: `${kind}_signature`, index } };
    }
  }
  return { checked: all.length };
}

function isGood({ kind, key, message, sig }: Signature): Promise<boolean> {
  return verifyEd25519(key, signedBytes(kind, message), sig);
}

function noteIntent(
  audit: Audit,
  index: number,
  { bytes, sig, refused }: IntentEntry,
  { parts, keyHex }: { readonly parts: IntentParts; readonly keyHex: string },
): void {
  audit.chains.set(keyHex, { kind: 'intent', index, key: parts.key, message: bytes, sig });
  if (refused === undefined) noteSealed(audit.lots, parts, index);
}

function noteSightings({ sightings }: Audit, index: number, { seen }: SeenEntry): void {
  for (const { bytes, sig } of seen) {
    const word = parseSeen(bytes);
    if (word.ok) sightings.push({ kind: 'seen', index, key: word.value.witness, message: bytes, sig });
  }
}

/** What is bound stays bound: a second commit for one thing could be made when more is known. */
function noteCommits(
  { commits }: Audit,
  { what, from, commits: list }: CommitEntry,
): Result<void, 'commit_again'> {
  for (const [i, commit] of list.entries()) {
    const name = `${what} ${from + i}`;
    if (commits.has(name)) return err('commit_again', name);
    commits.set(name, commit);
  }
  return ok();
}

/** `dice` opens the genesis' own commit, whatever round its index says; everything else what a `commit` entry bound. */
function checkReveal(audit: Audit, { what, index, nonce, value }: RevealEntry): Result<void, AuditCode> {
  const { world, genesis, commits, counts } = audit;
  counts.commitments += 1;
  const name = `${what} ${index}`;
  if (what === 'dice') {
    const isSecret = isBytes(value) && value.length === 32;
    const isOpened = isSecret && equalBytes(randCommit(nonce, genesis.authority.key, value), genesis.rand);
    return isOpened ? ok() : err('reveal_mismatch', name);
  }
  const commit = commits.get(name);
  if (!commit) return err('reveal_uncommitted', name);
  return equalBytes(dealCommit({ world, what, index, nonce, value }), commit)
    ? ok()
    : err('reveal_mismatch', name);
}

function countLot({ lots, counts }: Audit, entry: LotEntry): Result<void, AuditCode> {
  counts.openings += entry.openings.length + entry.void.length;
  return checkLot(lots, entry);
}
