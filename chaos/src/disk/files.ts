/**
 * Files that remember what was synced. After a kill everything that was written is still there (the kernel has it); after a power cut what
 * was not synced is there, or a part of it, or not.
 */
import type { LockDisk, LockHandle } from '@fairground/authority';
import type { Chance } from '../runtime/chance.ts';
import type { Life, Loop } from '../runtime/loop.ts';

type FileMishap = 'fails' | 'lies' | 'drags';

export interface Files {
  /** As a process has them. */
  mount(life: Life): LockDisk;
  crash(how: 'kill' | 'power'): void;
  /** The text as it would be read after a power cut that loses all it can; undefined if there is no such file. */
  durable(path: string): string | undefined;
  /** What befalls the next sync. */
  readonly mishaps: FileMishap[];
  /** An older text in the place of the present one. */
  putBack(path: string, text: string): void;
}

type Change =
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly length: number };

interface Inode {
  synced: Uint8Array;
  changes: Change[];
}

const dragMs = 2000;

export function createFiles({ loop, chance }: { readonly loop: Loop; readonly chance: Chance }): Files {
  const mishaps: FileMishap[] = [];
  /** By path: what is there now, and what is there after a power cut. */
  const names = new Map<string, Inode>();
  const syncedNames = new Map<string, Inode>();

  function inodeOf(path: string): Inode {
    const inode = names.get(path);
    if (!inode) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
    return inode;
  }

  function wait(life: Life, what: string, ms: number): Promise<void> {
    return new Promise((resume) => void loop.after(ms, `lock ${what}`, resume, life));
  }

  async function sync(life: Life, inode: Inode): Promise<void> {
    const mishap = mishaps.shift();
    await wait(life, `sync${mishap ? ` ${mishap}` : ''}`, mishap === 'drags' ? dragMs : chance.between(1, 6));
    if (mishap === 'fails') throw new Error('EIO');
    inode.synced = contentOf(inode);
    inode.changes = [];
    if (mishap === 'lies') throw new Error('EIO');
  }

  function handle(life: Life, inode: Inode): LockHandle {
    const change = (one: Change) => void inode.changes.push(one);
    return {
      stat: async () => ({ size: contentOf(inode).length }),
      async truncate(length) {
        change({ kind: 'truncate', length });
      },
      async write(bytes, offset, length, position) {
        change({ kind: 'write', at: position, bytes: bytes.slice(offset, offset + length) });
        return { bytesWritten: length };
      },
      datasync: () => sync(life, inode),
      sync: () => sync(life, inode),
      close: async () => {},
    };
  }

  function folderHandle(life: Life): LockHandle {
    const nothing: Inode = { synced: new Uint8Array(0), changes: [] };
    const sync = async () => {
      await wait(life, 'sync folder', 1);
      syncedNames.clear();
      for (const [path, inode] of names) syncedNames.set(path, inode);
    };
    return { ...handle(life, nothing), datasync: sync, sync };
  }

  return {
    mishaps,
    mount: (life) => ({
      mkdir: async () => undefined,
      async open(path, flags) {
        if (flags === 'r') return folderHandle(life);
        if (flags === 'w') names.set(path, { synced: new Uint8Array(0), changes: [] });
        return handle(life, inodeOf(path));
      },
      readFile: async (path) => new TextDecoder().decode(contentOf(inodeOf(path))),
      async rename(from, to) {
        const inode = inodeOf(from);
        names.set(to, inode);
        names.delete(from);
      },
    }),
    crash(how) {
      mishaps.length = 0;
      if (how === 'kill') return;
      if (chance.oneIn(2)) {
        names.clear();
        for (const [path, inode] of syncedNames) names.set(path, inode);
      }
      for (const inode of new Set([...names.values(), ...syncedNames.values()])) tear(inode, chance);
    },
    durable(path) {
      const inode = syncedNames.get(path);
      return inode && new TextDecoder().decode(inode.synced);
    },
    putBack(path, text) {
      const inode = { synced: new TextEncoder().encode(text), changes: [] };
      names.set(path, inode);
      syncedNames.set(path, inode);
    },
  };
}

/** The first changes are there, and of the next one perhaps a part. */
function tear(inode: Inode, chance: Chance): void {
  const kept = inode.changes.slice(0, chance.below(inode.changes.length + 1));
  const next = inode.changes[kept.length];
  if (next?.kind === 'write' && chance.oneIn(2))
    kept.push({ ...next, bytes: next.bytes.slice(0, chance.below(next.bytes.length)) });
  inode.synced = contentOf({ synced: inode.synced, changes: kept });
  inode.changes = [];
}

function contentOf({ synced, changes }: Inode): Uint8Array {
  return changes.reduce<Uint8Array>((bytes, change) => {
    if (change.kind === 'truncate') return resized(bytes, change.length);
    const whole = resized(bytes, Math.max(bytes.length, change.at + change.bytes.length));
    whole.set(change.bytes, change.at);
    return whole;
  }, synced);
}

function resized(bytes: Uint8Array, length: number): Uint8Array {
  const whole = new Uint8Array(length);
  whole.set(bytes.subarray(0, length));
  return whole;
}
