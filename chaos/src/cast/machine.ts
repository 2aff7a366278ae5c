/** A process that can be started, killed and started again: what a life began ends with it. */
import { type Life, runIn } from '../runtime/loop.ts';
import type { Stage } from './stage.ts';

export interface Clock {
  now(): number;
  setTimer(ms: number, act: () => void): () => void;
}

export interface Machine {
  readonly name: string;
  /** Undefined while nothing runs. */
  readonly life: Life | undefined;
  /** Its clock minus the true time, ms; keeps over restarts. */
  skew: number;
  sleep(ms: number): void;
  /** A new life; the one before must be over. */
  begin(): Life;
  end(): void;
}

export function createMachine({ loop, network }: Stage, name: string): Machine {
  let life: Life | undefined;
  let lives = 0;
  let skew = 0;
  return {
    name,
    get life() {
      return life;
    },
    get skew() {
      return skew;
    },
    set skew(ms) {
      skew = ms;
      if (life) life.skew = ms;
    },
    sleep(ms) {
      if (life) life.frozenUntil = Math.max(life.frozenUntil, loop.now + ms);
    },
    begin() {
      if (life) throw new Error(`${name} runs already`);
      lives += 1;
      life = { name: `${name}.${lives}`, isOver: false, frozenUntil: 0, skew };
      return life;
    },
    end() {
      if (!life) return;
      life.isOver = true;
      network.bury(life);
      life = undefined;
    },
  };
}

export function clockOf({ loop }: Stage, life: Life): Clock {
  return {
    now: () => loop.now + life.skew,
    setTimer: (ms, act) => loop.after(ms, 'timer', () => runIn(life, act), life),
  };
}

/** `machine` with these too; getters stay getters. */
export function withParts<Parts extends object>(machine: Machine, parts: Parts): Machine & Parts {
  return Object.defineProperties(machine, Object.getOwnPropertyDescriptors(parts)) as Machine & Parts;
}
