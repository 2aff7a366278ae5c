/** The proof of one entry (`.tlog-proof`): does it stand in the log of a key that somebody knows? Needs no log and no network. */
import {
  type Bytes,
  createPolicy,
  createVkey,
  decodeEntry,
  didToKey,
  ed25519Type,
  equalBytes,
  formatVkey,
  keyToDid,
  leafHash,
  parseCheckpoint,
  parseIntent,
  parseNote,
  parseTlogProof,
  parseVkey,
  type Result,
  type TlogProof,
  verifyTlogProof,
  type Vkey,
  err,
  ok,
} from '@fairground/ledger';
import { CommandFailure } from '../failure.ts';
import { bold, dim, green, red } from '../terminal/print.ts';

export interface EntryJudgement {
  readonly verdict: 'proven' | 'unproven';
  /** `proven`, or why it is not. */
  readonly code: string;
  readonly index: number;
  /** How many entries the log had when its authority signed; null where that was not found out. */
  readonly size: number | null;
  readonly origin: string | null;
  readonly vkey: string | null;
  /** What the entry is; null for bytes that are no entry of ours. */
  readonly entry: EntryNote | null;
}

interface EntryNote {
  readonly kind: string;
  readonly at: number;
  /** Of an intent: its kind, and who signed it. */
  readonly intent?: { readonly kind: string; readonly by: string };
}

/** Whose signature counts: anchors (all must fit, and must name keys), else any of the known keys. */
export interface Trusting {
  readonly anchors: readonly string[];
  readonly known: readonly Bytes[];
}

const firstWords = new TextEncoder().encode('c2sp.org/tlog-proof@');

export function isEntryProof(bytes: Bytes): boolean {
  return equalBytes(bytes.subarray(0, firstWords.length), firstWords);
}

/** Throws a `CommandFailure` for a file that is no such proof, and without a key to hold it against. */
export async function judgeEntry(file: string, bytes: Bytes, trusting: Trusting): Promise<EntryJudgement> {
  const parsed = parseTlogProof(bytes);
  if (!parsed.ok) throw new CommandFailure(`${file} is no proof of an entry (${parsed.code}).`);
  const proof = parsed.value;
  const { extra, index } = proof;
  if (!extra)
    throw new CommandFailure(`${file} leaves the entry out, so nothing can be said of it (entry_missing).`);
  const entry = noteOf(extra);
  const origin = originIn(proof);
  const vkeys = origin.ok ? keysFor(origin.value, trusting) : origin;
  if (!vkeys.ok) return unproven(vkeys.code, index, entry);
  const tried = vkeys.value.map(async (vkey) => verifyTlogProof(proof, leafHash(extra), createPolicy(vkey)));
  const results = await Promise.all(tried);
  const good = results.find((result) => result.ok);
  if (!good?.ok) return unproven(worstOf(results), index, entry);
  const { checkpoint, log } = good.value;
  const about = { size: checkpoint.size, origin: checkpoint.origin, vkey: formatVkey(log) };
  return { verdict: 'proven', code: 'proven', index, ...about, entry };
}

export function describeEntry(judgement: EntryJudgement): string {
  const { verdict, code, index, size, origin, vkey, entry } = judgement;
  const what = entry === null ? 'bytes that are no entry of ours' : wordsOf(entry);
  if (verdict === 'unproven')
    return `${red('✗')} ${bold('Not proven')}: ${reasons[code] ?? 'it does not fit together'} ${dim(`(${code})`)}`;
  return [
    `${green('✓')} ${bold('Proven')}: entry ${index} of ${origin} is ${what}.`,
    `  ${dim(vkey ?? '')}`,
    `  Whoever holds this key signed a log of ${size} entries, and this one stands in it at that place: it cannot be`,
    '  changed, moved or taken out again without a second signature that convicts.',
    '  Not proven: what the other entries say, that the rules allow them, or that no other log was signed.',
    '  For that, verify the whole log.',
  ].join('\n');
}

const reasons: Readonly<Record<string, string>> = {
  note_unsigned: 'its checkpoint is not signed by the key that you named.',
  note_signature_bad: 'the signature of the key that you named is not over this checkpoint.',
  note_malformed: 'its checkpoint cannot be read.',
  checkpoint_malformed: 'its checkpoint cannot be read.',
  anchor_mismatch: 'it is about another log than the one that you named.',
  policy_no_log: 'its checkpoint is signed, but not as the log that it names.',
  index_out_of_range: 'the log had no entry with this number when it was signed.',
  proof_length: 'the path from the entry to the root has the wrong length for this number.',
  root_mismatch: 'this entry, at this number, does not lead to the root that was signed.',
};

function unproven(code: string, index: number, entry: EntryNote | null): EntryJudgement {
  return { verdict: 'unproven', code, index, size: null, origin: null, vkey: null, entry };
}

function originIn({ checkpoint }: TlogProof): Result<string> {
  const note = parseNote(checkpoint);
  if (!note.ok) return note;
  const parsed = parseCheckpoint(note.value.text);
  return parsed.ok ? ok(parsed.value.origin) : parsed;
}

/** A did:key says nothing of the name, so it is held against the origin that the checkpoint names. */
function keysFor(origin: string, { anchors, known }: Trusting): Result<readonly Vkey[]> {
  const vkeyOf = (key: Bytes): Vkey => createVkey(origin, ed25519Type, key);
  if (anchors.length === 0 && known.length === 0)
    throw new CommandFailure(
      'Say whose signature counts: --anchor <vkey or did:key>, or a file of such lines with --known. A proof cannot vouch for itself.',
    );
  const keys: Vkey[] = [];
  for (const anchor of anchors) {
    const vkey = parseVkey(anchor);
    const did = didToKey(anchor);
    if (vkey.ok) keys.push(vkey.value);
    else if (did.ok) keys.push(vkeyOf(did.value));
    else if (!origin.endsWith(`/${anchor}`)) return err('anchor_mismatch');
  }
  // Several anchors must all fit.
  const [first] = keys;
  if (first && keys.some((key) => formatVkey(key) !== formatVkey(first))) return err('anchor_mismatch');
  if (first) return first.name === origin ? ok([first]) : err('anchor_mismatch');
  if (known.length === 0)
    throw new CommandFailure('A world id names no key: bring a vkey or did:key with --anchor, or --known.');
  return ok(known.map(vkeyOf));
}

/** One key of many may have signed and the proof be wrong all the same: that says more than that the others have not. */
function worstOf(results: readonly Result<unknown>[]): string {
  const codes = results.flatMap((result) => (result.ok ? [] : [result.code]));
  return codes.find((code) => code !== 'note_unsigned') ?? codes[0] ?? 'note_unsigned';
}

function noteOf(bytes: Bytes): EntryNote | null {
  const entry = decodeEntry(bytes);
  if (!entry.ok) return null;
  const { kind, at } = entry.value;
  if (entry.value.kind !== 'intent') return { kind, at };
  const intent = parseIntent(entry.value.bytes);
  if (!intent.ok) return { kind, at };
  return { kind, at, intent: { kind: intent.value.kind, by: keyToDid(intent.value.key) } };
}

function wordsOf({ kind, at, intent }: EntryNote): string {
  const time = new Date(at);
  const when = Number.isNaN(time.valueOf()) ? `${at} ms` : time.toISOString();
  return intent ? `“${intent.kind}” by ${intent.by}, taken in at ${when}` : `“${kind}” of ${when}`;
}
