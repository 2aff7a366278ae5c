/** What became of my answer to a question: the overlay over what the ledger says. */
import type { OutboxRecord } from '@fairground/peer';

/** `held`: on this device only. `kept`: the relay has it. `counted`: in the ledger. `refused`, `failed`: it will not score. */
export type LockStage = 'held' | 'kept' | 'counted' | 'refused' | 'failed';

export interface Lock {
  readonly choice: number;
  readonly stage: LockStage;
  readonly storedAt: number;
  readonly code?: string;
  /** Its entry in the ledger. */
  readonly index?: number;
}

type Record = Pick<OutboxRecord, 'plan' | 'state' | 'storedAt' | 'code' | 'index'>;

const STAGES = {
  stored: 'held',
  received: 'kept',
  counted: 'counted',
  refused: 'refused',
  failed: 'failed',
} as const;

/** The newest answer of this device to that question; the device remembers its own choice, the ledger holds it sealed. */
export function myLock(records: readonly Record[], question: number): Lock | undefined {
  const mine = records.findLast(({ plan }) => plan.kind === 'answer' && plan.seal?.lot === question);
  const choice = mine?.plan.seal?.value;
  if (!mine || typeof choice !== 'number') return undefined;
  return {
    choice,
    stage: STAGES[mine.state],
    storedAt: mine.storedAt,
    ...(mine.code === undefined ? {} : { code: mine.code }),
    ...(mine.index === undefined ? {} : { index: mine.index }),
  };
}
