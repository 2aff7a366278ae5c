import { type Bytes, leafHash, sha256, signReceipt } from '@fairground/ledger';
import { counter } from '@fairground/ledger/testing';
import { describe, expect, it } from 'vitest';
import type { OutboxRecord } from '../outbox/record.ts';
import { adding, sign } from './follow.fixture.ts';
import { Tribunal } from './tribunal.ts';
import { createVerifiedLog } from './verifiedLog.ts';

/** Ada has a receipt for entry 4; of the log three entries are here. */
async function scene() {
  const driver = await adding([1, 2, 3, 4]);
  const { origin, opening } = driver.world;
  const { world } = opening;
  const log = createVerifiedLog(world, () => counter);
  const extend = async (first: number, end: number) =>
    log.extend({ first, entries: driver.entries.slice(first, end), checkpoint: await sign(driver, end) });
  expect((await extend(0, 3)).ok).toBe(true);
  const receipt = await signReceipt(driver.authority, {
    ...{ world, origin, keyId: log.vkey?.keyId ?? new Uint8Array(4), index: 4, at: driver.now },
    ...{ intentHash: sha256(new Uint8Array(1)), leafHash: leafHash(driver.entries[4] ?? new Uint8Array(0)) },
  });
  const record = {
    receipt,
    hash: sha256(new Uint8Array(1)),
    plan: { kind: 'add', body: {} },
  } as unknown as OutboxRecord;
  let changes = 0;
  const tribunal = new Tribunal({
    ...{ log, readLog: async () => undefined, mine: () => [record], relays: () => [] },
    keeper: { charged: () => {}, charges: async () => [] },
    ready: async () => {},
    changed: () => void changes++,
  });
  const head = (size: number): Promise<Bytes> => sign(driver, size);
  return { tribunal, extend, head, changes: () => changes };
}

describe('[D76] what was receipted and is not shown', () => {
  it('is called withheld once a signed head that long has stood for a while, is no charge, and is over when it is shown', async () => {
    const { tribunal, extend, head, changes } = await scene();
    await tribunal.hear(await head(5), 'bob');
    expect(tribunal.withheld).toBeUndefined();
    await tribunal.pursue(); // a moment later it may only be that we are slow
    expect(tribunal.withheld).toBeUndefined();
    await tribunal.pursue();
    expect(tribunal).toMatchObject({ withheld: 4, charges: [] });
    expect(changes()).toBeGreaterThan(0);
    const shown = await extend(3, 5);
    if (!shown.ok) throw new Error(shown.fault.code);
    tribunal.grown(shown.steps);
    expect(tribunal.withheld).toBeUndefined();
  });

  it('is nothing as long as no head reaches it', async () => {
    const { tribunal, head } = await scene();
    await tribunal.hear(await head(4), 'bob');
    await tribunal.pursue();
    await tribunal.pursue();
    expect(tribunal.withheld).toBeUndefined();
  });
});
