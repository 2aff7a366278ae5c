/** Sightings: somebody's signed word that it saw a sealed intent in time. Logged with others, once a commit, if the rules have a use for it. */
import {
  type Bytes,
  type Seen,
  bytesToHex,
  equalBytes,
  parseSeen,
  signedBytes,
  verifyEd25519Sync,
} from '@fairground/ledger';
import type { SeenReplyBody } from '@fairground/protocol';
import { guarded } from '../worlds/append.ts';
import { drive } from '../worlds/drive.ts';
import type { LiveWorld, Slot } from '../worlds/live.ts';
import { type Answer, answerProblem } from './answer.ts';
import type { IntentDeps } from './intent.ts';
import { isFull } from './ledgerSpace.ts';

export interface SeenMail {
  /** As the sender addressed it. */
  readonly world: Bytes | undefined;
  readonly bytes: Bytes;
  readonly sig: Bytes;
}

export async function receiveSeen(deps: IntentDeps, mail: SeenMail, answer: Answer): Promise<void> {
  const parsed = parseSeen(mail.bytes);
  if (!parsed.ok || parsed.value.lot === null) return answerProblem(answer, 'seen_malformed');
  const { world, witness, intentHash } = parsed.value;
  if (!verifyEd25519Sync(witness, signedBytes('seen', mail.bytes), mail.sig))
    return answerProblem(answer, 'signature_invalid');
  if (mail.world && !equalBytes(mail.world, world)) return answerProblem(answer, 'world_mismatch');
  const slot = deps.slots.get(bytesToHex(world));
  if (!slot) return answerProblem(answer, 'world_unknown');
  // What is in the log needs nobody's word.
  if (await deps.store.intent(world, intentHash)) return answerLogged(answer, false);
  enterWorld(deps, slot, { seen: parsed.value, mail, answer });
}

interface Arrived {
  readonly seen: Seen;
  readonly mail: SeenMail;
  readonly answer: Answer;
}

function enterWorld(deps: IntentDeps, slot: Slot, arrived: Arrived): void {
  const { live, status } = slot;
  const { answer } = arrived;
  if (status === 'loading' || status === 'asking') slot.waiting.push(() => enterWorld(deps, slot, arrived));
  else if (status === 'closed') answerProblem(answer, 'world_closed');
  else if (!live || live.halted) answerProblem(answer, 'world_halted', { retryAfter: 1 });
  else if (!isWanted(deps, live, arrived.seen)) answerLogged(answer, false);
  else if (isFull(live)) answerProblem(answer, 'ledger_full');
  else wait(deps, slot, live, arrived);
}

/** Until the driver puts it into an entry, and that is durable. */
function wait(deps: IntentDeps, slot: Slot, live: LiveWorld, arrived: Arrived): void {
  const { bytes, sig } = arrived.mail;
  live.sightings.push({
    pair: { bytes, sig },
    isWanted: () => isWanted(deps, live, arrived.seen),
    logged: () => answerLogged(arrived.answer, true),
    useless: () => answerLogged(arrived.answer, false),
    again: () => enterWorld(deps, slot, arrived),
  });
  drive(deps, live);
}

function isWanted(deps: IntentDeps, live: LiveWorld, { lot, witness, intentHash, at }: Seen): boolean {
  const { game, replay } = live;
  if (!game.wants || lot === null || replay.closed || replay.paused) return false;
  return guarded(deps, live, () => game.wants?.(replay.state, { witness, lot, intentHash, at })) ?? false;
}

function answerLogged(answer: Answer, logged: boolean): void {
  const body: SeenReplyBody = { logged };
  answer(200, { ...body });
}
