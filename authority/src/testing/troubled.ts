/** An authority with a world, two devices, and a store and a lock that do what a test wants. */
import { openMemoryLock } from '../lock/memoryLock.ts';
import { openMemoryStore } from '../store/memoryStore.ts';
import { devices, openParty } from './party.ts';
import { tally } from './tally.ts';
import { createGate, gatedLock, gatedStore } from './trouble.ts';

/** Lets everything go on that needs no time to pass. */
export async function turn(times = 30): Promise<void> {
  for (let i = 0; i < times; i++) await new Promise((resume) => setImmediate(resume));
}

export async function troubled() {
  const [storeGate, lockGate, trace] = [createGate(), createGate(), [] as string[]];
  const store = gatedStore(openMemoryStore(), storeGate, trace);
  const lock = gatedLock(openMemoryLock(), lockGate, trace);
  const party = await openParty({ store, lock, games: [tally] });
  const [ann, bob] = devices('Ann', 'Bob');
  if (!ann || !bob) throw new Error('two devices');
  const { world } = await party.create(ann, 'tally', {});
  await party.settle();
  return { party, storeGate, lockGate, trace, ann, bob, world };
}
