/**
 * A disk under a store: writes take effect in their order and take time, a crash loses those that nobody was told of or not, and what is
 * on it can be copied and put back. Behind each lies the store's memory twin, to which every write is made again.
 */
import type { Chance } from '../runtime/chance.ts';
import { clone } from './clone.ts';
import { type Life, type Loop } from '../runtime/loop.ts';

/** What befalls the next write. */
export type DiskMishap =
  /** Nothing is written, and it says so. */
  | 'fails'
  /** It is written, and the answer says that it is not. */
  | 'lies'
  /** It is written and takes long. */
  | 'drags';

interface Write {
  readonly method: string;
  readonly args: readonly unknown[];
}

/** A copy of what lay on the disk. */
export type Copy = readonly Write[];

type Methods = Record<string, (...args: never[]) => Promise<unknown>>;

export interface Disk<Port> {
  /** The port as a process has it; what is under way when its life ends is decided by `crash`. */
  mount(life: Life): Port;
  /** Call when the process is gone: the first ones of what was under way may still be written. */
  crash(): Promise<void>;
  /** As it lies there now; nothing of the simulation may hold on to what it gives. */
  readonly durable: Port;
  readonly mishaps: DiskMishap[];
  copy(): Copy;
  putBack(copy: Copy): Promise<void>;
}

export interface DiskDeps<Port> {
  readonly name: string;
  readonly loop: Loop;
  readonly chance: Chance;
  /** An empty memory twin. */
  readonly open: () => Port;
  /** Those that change something; all others read. */
  readonly writes: ReadonlySet<string>;
  /** Mishaps befall these rather than others. */
  readonly isDear?: (method: string, args: readonly unknown[]) => boolean;
  /** Nothing else is ever struck. */
  readonly sparesOthers?: true;
  /** What is answered at once, by no disk. */
  readonly instant?: Partial<Port>;
  /** Told of each write that stands. */
  readonly written?: (method: string, args: readonly unknown[]) => void;
}

const dragMs = 2500;

export function createDisk<Port extends object>(deps: DiskDeps<Port>): Disk<Port> {
  const { name, loop, chance, open, writes } = deps;
  const mishaps: DiskMishap[] = [];
  let journal: Write[] = [];
  let twin = open();
  let waiting: Write[] = [];
  let freeAt = 0;

  async function perform(write: Write): Promise<unknown> {
    const result = await call(twin, write);
    journal.push(write);
    deps.written?.(write.method, write.args);
    return result;
  }

  function takeTurn(label: string, ms: number, life: Life, act: () => Promise<unknown>): Promise<unknown> {
    freeAt = Math.max(freeAt, loop.now) + ms;
    return new Promise((resolve, reject) => {
      loop.after(freeAt - loop.now, `${name} ${label}`, () => void act().then(resolve, reject), life);
    });
  }

  function write(life: Life, method: string, args: readonly unknown[]): Promise<unknown> {
    const wanted: Write = { method, args: clone(args) };
    const isDear = deps.isDear === undefined || deps.isDear(wanted.method, wanted.args);
    const isStruck = isDear || (!deps.sparesOthers && chance.oneIn(4));
    const mishap = isStruck ? mishaps.shift() : undefined;
    const ms = mishap === 'drags' ? dragMs : chance.between(1, 8);
    waiting.push(wanted);
    return takeTurn(`${method}${mishap ? ` ${mishap}` : ''}`, ms, life, async () => {
      waiting = waiting.filter((one) => one !== wanted);
      if (mishap === 'fails') throw new Error('the disk is full');
      const result = await perform(wanted);
      if (mishap === 'lies') throw new Error('the answer of the disk was lost');
      return result;
    });
  }

  function read(life: Life, method: string, args: readonly unknown[]): Promise<unknown> {
    return takeTurn(method, 0, life, async () => clone(await call(twin, { method, args })));
  }

  return {
    mishaps,
    get durable() {
      return twin;
    },
    mount(life) {
      const methods = Object.keys(twin).map((method) => [
        method,
        (...args: unknown[]) => {
          if (life.isOver) return new Promise(() => {});
          if (method === 'close') return Promise.resolve();
          return writes.has(method) ? write(life, method, args) : read(life, method, args);
        },
      ]);
      return { ...Object.fromEntries(methods), ...deps.instant } as Port;
    },
    async crash() {
      const kept = chance.below(waiting.length + 1);
      const torn = waiting.slice(0, kept);
      waiting = [];
      freeAt = 0;
      mishaps.length = 0;
      for (const one of torn) await perform(one).catch(() => {});
    },
    copy: () => [...journal],
    async putBack(copy) {
      twin = open();
      journal = [];
      for (const one of copy) await perform(one);
    },
  };
}

function call(port: object, { method, args }: Write): Promise<unknown> {
  const act = (port as Methods)[method];
  if (!act) throw new Error(`disk: there is no ${method}`);
  return act(...(args as never[]));
}
