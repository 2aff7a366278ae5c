/** `head`: where a key's chain stands, with the proof that it stands there: a device that lost its state goes on from it. */
import { type Bytes, bytesToHex, bytesToUtf8, formatTlogProof, inclusionProof } from '@fairground/ledger';
import type { HeadReplyBody } from '@fairground/protocol';
import type { Committer } from '../log/committer.ts';
import type { LogStore } from '../store/ports.ts';
import type { Slot } from '../worlds/live.ts';
import { storedHashes } from '../worlds/recovery.ts';
import { type Answer, answerProblem } from './answer.ts';

export interface HeadDeps {
  readonly store: LogStore;
  readonly slots: ReadonlyMap<string, Slot>;
  readonly committer: Pick<Committer, 'collecting' | 'schedule'>;
}

export async function answerHead(deps: HeadDeps, world: Bytes, key: Bytes, answer: Answer): Promise<void> {
  const slot = deps.slots.get(bytesToHex(world));
  if (!slot || slot.size === 0) return answerProblem(answer, 'world_unknown');
  const head = await deps.store.head(world, key);
  if (!head) return answerProblem(answer, 'head_unknown');
  // It may be in the store and not yet be published: then its commit is still under way.
  if (head.index >= slot.size) await published(deps, world);
  const { size, checkpoint } = slot;
  if (head.index >= size) return answerProblem(answer, 'world_halted', { retryAfter: 1 });
  const proof = await inclusionProof(storedHashes(deps.store, world, size), head.index, size);
  const body: HeadReplyBody = {
    seq: head.seq,
    hash: head.hash,
    index: head.index,
    proof: formatTlogProof({ index: head.index, proof, checkpoint: bytesToUtf8(checkpoint) ?? '' }),
  };
  answer(200, { ...body });
}

function published({ committer }: HeadDeps, world: Bytes): Promise<void> {
  return new Promise((resume) => {
    committer.collecting.outcomes.push({ world, done: resume, undone: resume });
    committer.schedule();
  });
}
