/** Opens what comes over the link and hands it to whoever answers it. */
import { bytesToHex } from '@fairground/ledger';
import {
  type LinkPort,
  type MailFrame,
  type GivenFrame,
  type TailBatch,
  type ToAuthority,
  decodeTailBatch,
  decodeToAuthority,
  encodeFrame,
  limits,
} from '@fairground/protocol';
import { type FilesDeps, readLogFile } from '../documents/files.ts';
import type { Log } from '../ports.ts';
import type { LogStore, WorldPlan } from '../store/ports.ts';
import { type Answer, answerProblem } from './answer.ts';
import { type CreateDeps, createReply, planWorld } from './create.ts';
import { answerHead } from './head.ts';
import { type IntentDeps, receiveIntent } from './intent.ts';
import type { Pressure } from './pressure.ts';
import { receiveSeen } from './seen.ts';
import { inSlices } from './slices.ts';

export interface MailDeps extends IntentDeps, Omit<CreateDeps, 'store'>, Omit<FilesDeps, 'store'> {
  readonly store: LogStore;
  readonly log: Log;
  readonly pressure: Pressure;
  begin(plan: WorldPlan): void;
  /** Somebody brings what was lost of a log; true if it was that. */
  offered(world: Uint8Array, part: TailBatch): Promise<boolean>;
  /** What was wanted back from the relay. */
  given(frame: GivenFrame): void;
  /** Somebody looks at this world's pictures, or nobody does any more. */
  watched(world: Uint8Array, isWatched: boolean): void;
}

/** What does not fit a frame of the link is put together from tiles by whoever wants it. */
const largestFile = limits.linkFrameBytes.max - 1024;

export function createMailroom(deps: MailDeps): (port: LinkPort, frame: Uint8Array) => void {
  let creating = Promise.resolve();

  function receiveMail(frame: MailFrame, answer: Answer): void {
    const { kind, world, payload, sig, via, rtt } = frame;
    if (kind === 'head') {
      if (!world) return answerProblem(answer, 'link_malformed');
      return settle(answerHead(deps, world, payload, answer), answer);
    }
    if (kind === 'suffix') return settle(takeSuffix(deps, world, payload, answer), answer);
    if (!sig) return answerProblem(answer, 'pair_malformed');
    const retryAfter = deps.pressure();
    if (retryAfter !== undefined) return answerProblem(answer, 'authority_busy', { retryAfter });
    if (kind === 'seen') return settle(receiveSeen(deps, { world, bytes: payload, sig }, answer), answer);
    if (kind === 'intent')
      return receiveIntent(
        deps,
        { world, bytes: payload, sig, via, ...(rtt === undefined ? {} : { rtt }) },
        answer,
      );
    // One after the other: two copies of one request make one world.
    creating = creating
      .then(() => create(deps, payload, sig, answer))
      .catch((fault: unknown) => fail(fault, answer));
  }

  function settle(work: Promise<void>, answer: Answer): void {
    work.catch((fault: unknown) => fail(fault, answer));
  }

  function fail(fault: unknown, answer: Answer): void {
    deps.log.error({ fault }, 'mail could not be answered');
    answerProblem(answer, 'storage_away', { retryAfter: 1 });
  }

  return inSlices((port, bytes) => {
    const frame = decodeToAuthority(bytes);
    if (!frame.ok) {
      deps.log.warn({ why: frame.message }, 'a frame of the link is not understood');
      return;
    }
    if (frame.value.t === 'watched') return deps.watched(frame.value.world, frame.value.watched);
    const { id } = frame.value;
    const answer: Answer = (status, body) => port.send(encodeFrame({ t: 'reply', id, status, body }));
    if (frame.value.t === 'given') deps.given(frame.value);
    else if (frame.value.t === 'get') settle(get(deps, frame.value, answer), answer);
    else receiveMail(frame.value, answer);
  });
}

async function create(deps: MailDeps, payload: Uint8Array, sig: Uint8Array, answer: Answer): Promise<void> {
  const plan = await planWorld(deps, payload, sig);
  if (!plan.ok)
    return answerProblem(answer, plan.code, plan.message === undefined ? {} : { detail: plan.message });
  const { world } = plan.value;
  const slot = deps.slots.get(bytesToHex(world));
  const reply = () => answer(200, createReply(plan.value));
  if (slot && slot.size > 0) return reply();
  if (!slot) deps.begin(plan.value);
  // Nobody waits for a full disk: the plan is durable, and who asks again gets this very world.
  const again = () =>
    deps.committer.isStuck
      ? answerProblem(answer, 'storage_away', { retryAfter: 1 })
      : void create(deps, payload, sig, answer).catch(() => answerProblem(answer, 'storage_away'));
  deps.committer.collecting.outcomes.push({ world, done: reply, undone: again });
  deps.committer.schedule();
}

async function takeSuffix(
  { offered }: MailDeps,
  world: Uint8Array | undefined,
  payload: Uint8Array,
  answer: Answer,
): Promise<void> {
  const batch = decodeTailBatch(payload);
  if (!world || !batch.ok) return answerProblem(answer, 'link_malformed');
  answer(200, { taken: await offered(world, batch.value) });
}

async function get(
  deps: MailDeps,
  { world, path }: Extract<ToAuthority, { t: 'get' }>,
  answer: Answer,
): Promise<void> {
  const slot = deps.slots.get(bytesToHex(world));
  if (!slot) return answerProblem(answer, 'world_unknown');
  if (slot.status === 'recovering') return answerProblem(answer, 'world_halted');
  const file = await readLogFile(deps, slot, path);
  if (!file) return answerProblem(answer, 'log_not_found');
  if (file.bytes.length > largestFile) return answerProblem(answer, 'body_too_large');
  answer(200, { ...file });
}
