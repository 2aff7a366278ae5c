import { type Bytes, utf8ToBytes } from '@fairground/ledger';
import { expect, it, vi } from 'vitest';
import type { Supplier } from '../ports.ts';
import type { WorldRow } from '../store/ports.ts';
import { createTelling } from './telling.ts';

const world = (n: number) => new Uint8Array(32).fill(n);
const rows = [1, 2, 3].map((n) => ({ world: world(n), size: n, closed: n !== 2 }) as WorldRow);

function tellingOf(supplier: Partial<Supplier>, worlds: readonly WorldRow[] = rows) {
  const warned: string[] = [];
  const noted = vi.fn<(entries: readonly Bytes[]) => Promise<void>>(async () => {});
  const telling = createTelling({
    logStore: {
      worlds: async () => worlds,
      entries: async (of, from, to) => Array.from({ length: to - from }, () => utf8ToBytes(String(of[0]))),
    },
    suppliers: { questions: { supply: async () => ({ ok: true, value: null }), closed: noted, ...supplier } },
    log: { info: () => {}, warn: (_, message) => warned.push(message), error: () => {} },
  });
  return { telling, warned, noted };
}

it('[A113] at a start only worlds are asked for that are closed, and those are told that were not taken in', async () => {
  const asked: number[] = [];
  const unheard = async (worlds: readonly Bytes[]) => {
    asked.push(...worlds.map(([n = 0]) => n));
    return worlds.filter(([n]) => n === 3);
  };
  const { telling, noted } = tellingOf({ unheard });
  telling.catchUp();
  await vi.waitFor(() => expect(noted).toHaveBeenCalledTimes(1));
  await telling.end();
  expect(asked).toEqual([1, 3]);
  expect(noted).toHaveBeenCalledWith([3, 3, 3].map((n) => utf8ToBytes(String(n))));
});

it('[A113] one that fails keeps neither the next one nor the end waiting', async () => {
  const closed = vi.fn<(entries: readonly Bytes[]) => Promise<void>>(async (entries) => {
    if (entries.length === 1) throw new Error('the disk is gone');
  });
  const { telling, warned } = tellingOf({ closed, unheard: async (worlds) => worlds });
  telling.catchUp();
  await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(2));
  await telling.end();
  expect(warned).toEqual(['a supplier could not be told how its things fared']);
});

it('[A113] an end waits for a match that is just closed, and not for the many that are not taken in yet', async () => {
  const many = Array.from({ length: 50 }, (_, n) => ({ ...rows[0]!, world: world(n), closed: true }));
  const { telling, noted } = tellingOf({ unheard: async (worlds) => worlds }, many);
  telling.catchUp();
  telling.closed({ world: world(99), expectedSize: 1, entries: [utf8ToBytes('close')] });
  await telling.end();
  expect(noted.mock.calls.map(([entries]) => entries.length)).toContain(2);
  expect(noted.mock.calls.length).toBeLessThan(50);
});
