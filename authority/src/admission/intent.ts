/** Intents: size, form, signature, world, chain, rules; what passes is an entry of the next commit. Signature first, idempotency second. */
import {
  type AdmitCode,
  type Bytes,
  type IntentParts,
  admit,
  bytesToHex,
  equalBytes,
  intentHash,
  originOf,
  parseIntent,
  signedBytes,
  verifyEd25519Sync,
} from '@fairground/ledger';
import { limits } from '@fairground/protocol';
import { ownKeys, signerOf } from '../keys/keyRing.ts';
import { ownCheckpoint } from '../log/checkpointOf.ts';
import type { AuthorityKeys, SyncSigner } from '../ports.ts';
import type { LogStore } from '../store/ports.ts';
import { appendBytes, appendDraft, appendState } from '../worlds/append.ts';
import { type DriveDeps, drive } from '../worlds/drive.ts';
import type { LiveWorld, Slot } from '../worlds/live.ts';
import { type Answer, answerProblem } from './answer.ts';
import { receiptReply } from './receipts.ts';
import { isFull, noteRefusal, refusalWait } from './ledgerSpace.ts';

export interface IntentDeps extends DriveDeps {
  readonly store: Pick<LogStore, 'intent' | 'entries' | 'head'>;
  readonly keys: AuthorityKeys;
  /** By world in hex. */
  readonly slots: ReadonlyMap<string, Slot>;
  readonly authorityName: string;
}

export interface IntentMail {
  /** As the sender addressed it. */
  readonly world: Bytes | undefined;
  readonly bytes: Bytes;
  readonly sig: Bytes;
  readonly via: string;
  readonly rtt?: number;
}

/** A round trip is believed up to this: whoever delays the answer to a probe gains no more. */
const longestRttMs = 1000;
const carriers: ReadonlySet<string> = new Set(['relay', 'peer', 'local']);

export function receiveIntent(deps: IntentDeps, mail: IntentMail, answer: Answer): void {
  const parsed = parseIntent(mail.bytes);
  if (!parsed.ok) return answerProblem(answer, parsed.code);
  const { key, world } = parsed.value;
  if (!verifyEd25519Sync(key, signedBytes('intent', mail.bytes), mail.sig))
    return answerProblem(answer, 'signature_invalid');
  if (mail.world && !equalBytes(mail.world, world)) return answerProblem(answer, 'world_mismatch');
  const slot = deps.slots.get(bytesToHex(world));
  if (!slot) return answerProblem(answer, 'world_unknown');
  enterWorld(deps, slot, parsed.value, mail, answer);
}

function enterWorld(
  deps: IntentDeps,
  slot: Slot,
  parts: IntentParts,
  mail: IntentMail,
  answer: Answer,
): void {
  const { live } = slot;
  switch (slot.status) {
    case 'loading':
    case 'asking':
      slot.waiting.push(() => enterWorld(deps, slot, parts, mail, answer));
      return;
    case 'halted':
    case 'recovering':
      return answerHalted(answer, slot);
    case 'closed':
      return void answerStanding(deps, parts, mail, answer, 'world_closed');
    case 'live':
      if (live) admitIntent(deps, slot, live, parts, mail, answer);
  }
}

function admitIntent(
  deps: IntentDeps,
  slot: Slot,
  live: LiveWorld,
  parts: IntentParts,
  mail: IntentMail,
  answer: Answer,
): void {
  if (live.halted) return answerHalted(answer, slot);
  const again = () => enterWorld(deps, slot, parts, mail, answer);
  if (isFull(live))
    return afterCommit(
      deps,
      live.world,
      () => void answerStanding(deps, parts, mail, answer, 'ledger_full'),
      again,
    );
  const { bytes, sig } = mail;
  // A carrier's own word must not make an entry that is none.
  const via = carriers.has(mail.via) ? mail.via : 'other';
  const rtt = mail.rtt === undefined ? {} : { rtt: Math.min(mail.rtt, longestRttMs) };
  const now = deps.clock.now();
  const wait = refusalWait(live, parts.key, now);
  const dropsRefusal = wait !== undefined;
  const admitted = admit(live.family, live.replay, { bytes, sig, via, at: now, dropsRefusal, ...rtt });
  if (admitted.ok) {
    const { entryBytes, refused } = admitted.value;
    const index = live.replay.size;
    if (!appendBytes(deps, live, entryBytes)) return answerHalted(answer, slot);
    if (refused !== undefined) noteRefusal(live, parts.key, entryBytes.length, now);
    const receipted = { world: live.world, origin: live.replay.origin, intentHash: intentHash(bytes), index };
    const done = () => {
      answer(200, receiptReply(signerFor(deps, slot), { ...receipted, entryBytes }));
      // What it sets off (a reveal to everybody) waits until its sender knows that it counts.
      if (slot.live === live) drive(deps, live);
    };
    return afterCommit(deps, live.world, done, again);
  }
  if (admitted.code === 'state_due')
    return appendState(deps, live, now) ? again() : answerHalted(answer, slot);
  if (admitted.code === 'time_due') {
    const isIn = appendDraft(deps, live, { kind: 'time' }, live.replay.clock ?? now);
    return isIn ? again() : answerHalted(answer, slot);
  }
  const { code, message } = admitted;
  answerRefused(deps, live, parts, mail, { code, message, wait, answer, again });
}

interface Refused {
  readonly code: AdmitCode;
  readonly message: string | undefined;
  /** Seconds until a refusal of this key is logged again. */
  readonly wait: number | undefined;
  readonly answer: Answer;
  readonly again: () => void;
}

function answerRefused(
  deps: IntentDeps,
  live: LiveWorld,
  parts: IntentParts,
  mail: IntentMail,
  { code, message, wait, answer, again }: Refused,
): void {
  switch (code) {
    case 'intent_known':
    case 'intent_fork':
    case 'world_closed': {
      // What stands is said only once it is durable: in doubt after the commit that is under way.
      const next = (live.replay.heads.get(bytesToHex(parts.key))?.seq ?? -1) + 1;
      const problem = code === 'world_closed' ? code : parts.seq === next ? 'chain_prev' : 'fork';
      const standing = () => void answerStanding(deps, parts, mail, answer, problem);
      return afterCommit(deps, live.world, standing, again);
    }
    case 'intent_gap':
      return answerProblem(answer, 'chain_gap');
    case 'first_refused':
      return answerProblem(answer, message ?? 'refused');
    case 'refusal_dropped':
      return answerProblem(answer, limits.refusedBytes.code, wait === undefined ? {} : { retryAfter: wait });
    case 'intent_key':
      return answerProblem(answer, 'key_refused');
    case 'intent_body':
      return answerProblem(answer, 'intent_shape', message === undefined ? {} : { detail: message });
    case 'intent_world':
      return answerProblem(answer, 'world_mismatch');
    case 'rules_fault':
      deps.halt(live, code, message ?? '', mail.bytes);
      return answerProblem(answer, 'world_halted');
    case 'world_paused':
    case 'state_due':
    case 'time_due':
      return answerProblem(answer, 'world_halted');
    default:
      return answerProblem(answer, code);
  }
}

/** The receipt if this very intent is in the log, else the problem. */
async function answerStanding(
  deps: IntentDeps,
  { world }: IntentParts,
  { bytes }: IntentMail,
  answer: Answer,
  problem: string,
): Promise<void> {
  try {
    const hash = intentHash(bytes);
    const row = await deps.store.intent(world, hash);
    const [entryBytes] = row ? await deps.store.entries(world, row.index, row.index + 1) : [];
    if (!row || !entryBytes) return answerProblem(answer, problem);
    const origin = originOf(deps.authorityName, world);
    const signer = signerFor(deps, deps.slots.get(bytesToHex(world)));
    answer(200, receiptReply(signer, { world, origin, intentHash: hash, index: row.index, entryBytes }));
  } catch {
    answerProblem(answer, 'world_halted', { retryAfter: 1 });
  }
}

/** Whose word counts in a world now: that of the key which its log names. */
function signerFor({ keys }: IntentDeps, slot: Slot | undefined): SyncSigner {
  if (slot?.live) return signerOf(keys, slot.live.replay.authorityKey);
  const newest = slot && ownCheckpoint(slot.checkpoint, ownKeys(keys));
  return newest?.ok ? signerOf(keys, newest.value.key) : keys.signer;
}

function answerHalted(answer: Answer, { reason }: Slot): void {
  answerProblem(answer, 'world_halted', reason === undefined ? {} : { detail: reason });
}

/** `done` once everything that is collected is durable, `undone` if it had to be thrown away. */
function afterCommit(deps: IntentDeps, world: Bytes, done: () => void, undone: () => void): void {
  deps.committer.collecting.outcomes.push({ world, done, undone });
  deps.committer.schedule();
}
