import { type Bytes, makeRotate, seedSigner, sha256 } from '@fairground/ledger';
import { counter, openDriver } from '@fairground/ledger/testing';
import { expect, it } from 'vitest';
import { createRotationBook } from './rotations.ts';

async function handedOn() {
  const driver = openDriver({ game: counter, config: { goal: 9 }, seed: 'book' });
  const heir = seedSigner(sha256(new Uint8Array([1])));
  const grow = (size: number) => {
    while (driver.entries.length < size) driver.append({ kind: 'time' });
  };
  grow(600);
  driver.append(await makeRotate(driver.world, { from: driver.authority, to: heir }, driver.now));
  grow(900);
  return driver;
}

it('[A159] the book reads a log once, from there on what is new, and again what could not be read', async () => {
  const { entries, world } = await handedOn();
  const id = world.opening.world;
  const asked: [number, number][] = [];
  let isBroken = false;
  const book = createRotationBook({
    entries(_: Bytes, from: number, to: number) {
      asked.push([from, to]);
      return isBroken ? Promise.reject(new Error('the disk')) : Promise.resolve(entries.slice(from, to));
    },
  });
  expect(await book.upTo(id, 600)).toEqual([]);
  const both = await Promise.all([book.upTo(id, 700), book.upTo(id, 700)]);
  expect(both).toEqual([[entries[600]], [entries[600]]]);
  expect(asked).toEqual([
    [0, 256],
    [256, 512],
    [512, 600],
    [600, 700],
  ]);
  isBroken = true;
  await expect(book.upTo(id, 900)).rejects.toThrow('the disk');
  isBroken = false;
  expect(await book.upTo(id, 900)).toEqual([entries[600]]);
});
