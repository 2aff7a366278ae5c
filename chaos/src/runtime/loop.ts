/**
 * The one queue of everything that happens, in virtual milliseconds. Between two steps all promises have settled: nothing in here waits
 * for a thread, a disk or a socket of the machine, so the next step is always the same one.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHeap } from './heap.ts';

/** One run of one process; what it began ends with it. */
export interface Life {
  readonly name: string;
  isOver: boolean;
  /** The process does not run before: the machine sleeps. */
  frozenUntil: number;
  /** Its clock minus the loop's, ms. */
  skew: number;
}

export interface Loop {
  readonly now: number;
  /** How many steps were made. */
  readonly steps: number;
  /** `null` for what belongs to no process. */
  after(ms: number, label: string, act: () => void, life?: Life | null): () => void;
  /** Makes steps until the condition holds, nothing is left, or it is later than `until`. True if the condition holds. */
  run(until: number, isDone: () => boolean): Promise<boolean>;
  /** Every line of it is part of the trace. */
  note(line: string): void;
}

export interface LoopDeps {
  readonly startAt: number;
  readonly trace: (line: string) => void;
  /** Called after each step; throws what it finds. */
  readonly check: () => void;
  /** Resolves when no promise is left to settle. */
  readonly settle: () => Promise<void>;
}

interface Step {
  readonly at: number;
  readonly order: number;
  readonly label: string;
  readonly life: Life | null | undefined;
  act: (() => void) | undefined;
}

/** Whether it is done is asked after so many steps: it may be dear to know. */
const looksEvery = 20;

const context = new AsyncLocalStorage<Life>();

/** In whose name the code that asks is run. */
export function currentLife(): Life | undefined {
  return context.getStore();
}

export function runIn<T>(life: Life, act: () => T): T {
  return context.run(life, act);
}

export function createLoop({ startAt, trace, check, settle }: LoopDeps): Loop {
  const steps = createHeap<Step>((a, b) => a.at - b.at || a.order - b.order);
  let now = startAt;
  let order = 0;
  let made = 0;

  function perform(step: Step): void {
    const { act, life, label } = step;
    if (!act || life?.isOver) return;
    if (life && life.frozenUntil > now) {
      steps.push({ ...step, at: life.frozenUntil });
      return;
    }
    made += 1;
    trace(`${now - startAt} ${life?.name ?? '-'} ${label}`);
    if (life) context.run(life, act);
    else context.exit(act);
  }

  return {
    get now() {
      return now;
    },
    get steps() {
      return made;
    },
    note: (line) => trace(`${now - startAt} ${line}`),
    after(ms, label, act, life = currentLife()) {
      const step: Step = { at: now + Math.max(0, Math.ceil(ms)), order: order++, label, life, act };
      steps.push(step);
      return () => (step.act = undefined);
    },
    async run(until, isDone) {
      for (let turn = 0; ; turn++) {
        if (turn % looksEvery === 0 && isDone()) return true;
        const next = steps.peek();
        if (!next || next.at > until) {
          now = Math.max(now, until === Infinity ? now : until);
          return isDone();
        }
        steps.pop();
        now = Math.max(now, next.at);
        perform(next);
        await settle();
        check();
      }
    },
  };
}
