/** What became of my answer to a question: the overlay over what the ledger says. */
import type { OutboxRecord } from '@fairground/peer';
import type { Said } from '@fairground/rules';

/** `held`: on this device only. `unkept`: not even there, only in this page. `kept`: the relay has it. `counted`: in the ledger. `refused`, `failed`: it will not score. */
export type LockStage = 'held' | 'unkept' | 'kept' | 'counted' | 'refused' | 'failed';

export interface Lock {
  /** The one option, -1 where it was said in another way. */
  readonly choice: number;
  readonly said?: Said;
  readonly stage: LockStage;
  readonly storedAt: number;
  readonly code?: string;
  /** Its entry in the ledger. */
  readonly index?: number;
}

type Record = Pick<OutboxRecord, 'plan' | 'state' | 'storedAt' | 'code' | 'index' | 'unkept'>;

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
  const said = mine && saidOf(mine);
  if (!mine || said === undefined) return undefined;
  return {
    choice: typeof said === 'number' ? said : -1,
    said,
    stage: mine.state === 'stored' && mine.unkept ? 'unkept' : STAGES[mine.state],
    storedAt: mine.storedAt,
    ...(mine.code === undefined ? {} : { code: mine.code }),
    ...(mine.index === undefined ? {} : { index: mine.index }),
  };
}

function saidOf({ plan }: Record): Said | undefined {
  const value: unknown = plan.seal?.value;
  if (typeof value === 'number' || typeof value === 'string') return value;
  return Array.isArray(value) && value.every((one) => typeof one === 'number') ? value : undefined;
}

/** The newest vote of this device on that question. */
export function myVote(
  records: readonly Record[],
  question: number | undefined,
): 'up' | 'down' | 'flag' | undefined {
  const mine = records.findLast(({ plan }) => plan.kind === 'vote' && plan.body['question'] === question);
  const vote = mine?.plan.body['vote'];
  return vote === 'up' || vote === 'down' || vote === 'flag' ? vote : undefined;
}

/** An intent of that kind is on its way. */
export function isUnderway(records: readonly Record[], kind: string): boolean {
  return records.some(
    ({ plan, state }) => plan.kind === kind && (state === 'stored' || state === 'received'),
  );
}

/** Why the newest intent did not count, unless it is an answer: that one says so in its own place. */
export function newestTrouble(records: readonly Record[]): string | undefined {
  // What the device says unasked is no business of its person.
  const last = records.findLast(({ plan }) => plan.kind !== 'here' && plan.kind !== 'share');
  if (!last || last.plan.kind === 'answer') return undefined;
  return last.state === 'refused' || last.state === 'failed' ? (last.code ?? 'refused') : undefined;
}
