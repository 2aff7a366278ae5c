import {
  type Bytes,
  bytesToUtf8,
  encodeEntry,
  encodeEntryBundle,
  encodeWorld,
  type FaultProof,
  formatFaultProof,
  isCosignedBy,
  judgeFault,
  leafHash,
  makeEquivocationProof,
  merkleRoot,
  parseFaultProof,
  renderTile,
  createHashTree,
  seedSigner,
  sha256,
  signCheckpoint,
  signReceipt,
  tilePath,
  unwrap,
  utf8ToBytes,
} from '@fairground/ledger';
import { counter, type Driver } from '@fairground/ledger/testing';
import { describe, expect, it } from 'vitest';
import { seedIdentity } from '../identity.ts';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import { createTestClock, settle } from '../testClock.fixture.ts';
import { createDeviceWitness } from './deviceWitness.ts';
import { adding, follow, sign } from './follow.fixture.ts';

/** The same log with another entry 2. */
function forked(driver: Driver<unknown>): readonly Bytes[] {
  return driver.entries.map((entry, i) =>
    i === 2 ? encodeEntry({ kind: 'time', at: driver.world.at }) : entry,
  );
}

function signOf(
  driver: Driver<unknown>,
  entries: readonly Bytes[],
  signer = driver.authority,
): Promise<Bytes> {
  return signCheckpoint(signer, {
    origin: driver.world.origin,
    size: entries.length,
    root: merkleRoot(entries.map(leafHash)),
  });
}

async function followed(counts: readonly number[] = [2, 3, 4, 5], storage = createMemoryStorage()) {
  const driver = await adding(counts);
  const opened = follow(driver, new Map(), { storage });
  opened.tail().push(0, driver.entries, await sign(driver));
  opened.tail().status.set('online');
  await settle();
  return { driver, storage, ...opened };
}

/** Through the file and back, as somebody else reads it who knows nothing but the rules. */
async function judged(proof: FaultProof): Promise<string> {
  const judgement = await judgeFault(unwrap(parseFaultProof(formatFaultProof(proof))), [counter]);
  return `${judgement.verdict}: ${judgement.code}`;
}

describe('heads that others show', () => {
  it('[D50] the beginning of our history, or all of it, changes nothing', async () => {
    const { driver, follower } = await followed();
    for (const size of [1, 2, 3, driver.entries.length])
      expect(await follower.tribunal.hear(await sign(driver, size), 'bob')).toBe(true);
    expect(follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: false });
  });

  it.each([3, 4, 6])(
    '[D51] a signed head of %i entries that is not of our history convicts',
    async (size) => {
      const { driver, follower } = await followed();
      expect(await follower.tribunal.hear(await signOf(driver, forked(driver).slice(0, size)), 'bob')).toBe(
        false,
      );
      expect(follower.value).toMatchObject({
        status: 'fault',
        fault: { blame: 'authority', code: 'equivocation' },
      });
      const [charge] = follower.value.charges;
      expect(charge && (await judged(charge.proof))).toBe('convicts: equivocation');
    },
  );

  it('[D51] one that is longer than ours is compared as soon as ours is as long', async () => {
    const { driver, follower, tail } = await followed();
    const size = driver.entries.length;
    await driver.send(driver.actor('ada'), 'add', { count: 1 });
    await driver.send(driver.actor('ada'), 'add', { count: 1 });
    expect(await follower.tribunal.hear(await signOf(driver, forked(driver)), 'bob')).toBe(false);
    expect(await follower.tribunal.hear(await sign(driver, size + 1), 'cleo')).toBe(false);
    expect(follower.value.status).toBe('live');
    tail().push(size, driver.entries.slice(size), await sign(driver));
    await settle();
    expect(follower.value).toMatchObject({ status: 'fault', fault: { code: 'equivocation' } });
  });

  it('[D51] one that is still longer when ours has grown waits on, and the log goes on meanwhile', async () => {
    const { driver, follower, tail } = await followed();
    const size = driver.entries.length;
    for (let i = 0; i < 3; i++) await driver.send(driver.actor('ada'), 'add', { count: 1 });
    expect(await follower.tribunal.hear(await signOf(driver, forked(driver)), 'bob')).toBe(false);
    tail().push(size, driver.entries.slice(size, size + 1), await sign(driver, size + 1));
    await settle();
    expect(follower.value).toMatchObject({ status: 'live', size: size + 1, charges: [] });
    // Whoever went over it again and again would never come to this.
    await follower.tribunal.pursue();
    tail().push(size + 1, driver.entries.slice(size + 1), await sign(driver));
    await settle();
    expect(follower.value).toMatchObject({ status: 'fault', fault: { code: 'equivocation' } });
  });

  it('[D51] one that stays ahead is looked up in the tiles: they convict, or clear it, or prove nothing', async () => {
    const { driver, follower, log } = await followed();
    const more = [...driver.entries, encodeEntry({ kind: 'time', at: driver.world.at })];
    const lies = [...forked(driver), encodeEntry({ kind: 'time', at: driver.world.at })];
    const serve = (entries: readonly Bytes[]) => {
      const { read, size } = createHashTree(entries.map(leafHash));
      log.set(tilePath(0, 0, size), renderTile(read, { level: 0, n: 0, width: size }));
    };
    const pursue = async (entries: readonly Bytes[]) => {
      await follower.tribunal.hear(await signOf(driver, entries), 'bob');
      await follower.tribunal.pursue(); // a moment later it may only be that we are slow
      expect(follower.value.isDoubted).toBe(false);
      await follower.tribunal.pursue();
    };
    serve(more);
    await pursue(more);
    expect(follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: false });
    await pursue(lies); // the tiles are of another tree: they do not make the signed root
    expect(follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: true });
    const again = await followed();
    again.log.set(
      tilePath(0, 0, lies.length),
      renderTile(createHashTree(lies.map(leafHash)).read, { level: 0, n: 0, width: lies.length }),
    );
    await again.follower.tribunal.hear(await signOf(driver, lies), 'bob');
    await again.follower.tribunal.pursue();
    await again.follower.tribunal.pursue();
    expect(again.follower.value).toMatchObject({ status: 'fault', fault: { code: 'equivocation' } });
  });

  it('[D52] junk, another key’s word, another world’s head convict nobody and are not even doubted', async () => {
    const { driver, follower } = await followed();
    const lie = forked(driver);
    const other = await adding([1]);
    const signed = await signOf(driver, lie);
    const junk: readonly Bytes[] = [
      new Uint8Array(0),
      utf8ToBytes('hello'),
      signed.slice(0, -3),
      Uint8Array.from(signed, (byte, i) => (i === signed.length - 9 ? byte ^ 1 : byte)),
      await signOf(driver, lie, seedSigner(sha256(utf8ToBytes('a framer')))),
      await signOf(driver, []),
      utf8ToBytes((bytesToUtf8(await sign(driver)) ?? '').replace('\n6\n', '\n5\n')),
      await signCheckpoint(other.authority, {
        origin: `${driver.world.origin}x`,
        size: 6,
        root: merkleRoot(lie.map(leafHash)),
      }),
    ];
    for (const [i, note] of junk.entries()) {
      expect(await follower.tribunal.hear(note, `framer ${i}`)).toBe(false);
      await follower.tribunal.pursue();
      await follower.tribunal.pursue();
    }
    expect(follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: false });
  });

  it('[D53] a proof that somebody else found convicts; a proof of nothing, or against another log, does not', async () => {
    const { driver, follower } = await followed();
    const { vkey } = follower.log;
    if (!vkey) throw new Error('the world is open');
    const honest = { smaller: await sign(driver), larger: await sign(driver) };
    expect(await follower.tribunal.accuse(makeEquivocationProof(vkey, honest))).toBe(false);
    const framer = seedSigner(sha256(utf8ToBytes('a framer')));
    const own = { ...vkey, key: framer.key };
    const forged = {
      smaller: await signOf(driver, driver.entries, framer),
      larger: await signOf(driver, forked(driver), framer),
    };
    expect(await follower.tribunal.accuse(makeEquivocationProof(own, forged))).toBe(false);
    expect(follower.value).toMatchObject({ status: 'live', charges: [] });
    const two = { smaller: await sign(driver), larger: await signOf(driver, forked(driver)) };
    expect(await follower.tribunal.accuse(makeEquivocationProof(vkey, two))).toBe(true);
    expect(follower.value).toMatchObject({ status: 'fault', fault: { code: 'equivocation' } });
  });

  it('[D54] a world that was proved false stays so after a reload, and goes on with nothing that comes', async () => {
    const { driver, follower, storage } = await followed();
    await follower.tribunal.hear(await signOf(driver, forked(driver)), 'bob');
    follower.close();
    await settle();
    const again = follow(driver, new Map(), { storage });
    await settle();
    expect(again.follower.value).toMatchObject({ status: 'fault', fault: { code: 'equivocation' } });
    await driver.send(driver.actor('ada'), 'add', { count: 1 });
    again.tail().push(6, driver.entries.slice(6), await sign(driver));
    again.tail().status.set('online');
    await settle();
    expect(again.follower.value).toMatchObject({ status: 'fault', size: 6 });
  });

  it('[D54] what was broken of the rules is charged with a proof that anybody can check', async () => {
    const driver = await adding([2]);
    const { follower, tail } = follow(driver);
    const lie = [
      ...driver.entries,
      encodeEntry({
        kind: 'state',
        at: driver.world.at,
        hash: sha256(encodeWorld(counter, driver.world as never)).reverse(),
      }),
    ];
    tail().push(0, lie, await signOf(driver, lie));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'fault', fault: { code: 'state_mismatch', index: 3 } });
    const [charge] = follower.value.charges;
    expect(charge && (await judged(charge.proof))).toBe('convicts: state_mismatch');
  });
});

describe('a tail that does not extend our log', () => {
  it('[D55] convicts if the authority signed it and its entries show it', async () => {
    const { driver, follower, tail, tails, clock } = await followed();
    tail().refuse('document_reset');
    await clock.advance(2_000);
    expect(tails).toHaveLength(2);
    const lie = [...forked(driver), encodeEntry({ kind: 'time', at: driver.world.at })];
    tail().push(0, lie, await signOf(driver, lie));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'fault', fault: { code: 'equivocation' } });
  });

  it('[D55] convicts too if it ends where ours ends, or before', async () => {
    const { driver, follower, tail, clock } = await followed();
    tail().refuse('document_reset');
    await clock.advance(2_000);
    const lie = forked(driver).slice(0, 4);
    tail().push(0, lie, await signOf(driver, lie));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'fault', fault: { code: 'equivocation' } });
  });

  it('[D52] is the transport’s fault while nobody can show more, and is doubted if it is signed', async () => {
    const { driver, follower, tail } = await followed();
    const lie = [...forked(driver), encodeEntry({ kind: 'time', at: driver.world.at })];
    tail().push(6, lie.slice(6), await signOf(driver, lie));
    await settle();
    expect(follower.value).toMatchObject({ fault: { blame: 'transport' }, charges: [], isDoubted: true });
  });
});

describe('a device as a witness', () => {
  it('[D56] cosigns what it has verified, under its own key, and never two histories', async () => {
    const { driver, follower, storage } = await followed();
    const identity = seedIdentity(sha256(utf8ToBytes('ada')));
    const clock = createTestClock();
    const note = await createDeviceWitness({ identity, storage, clock }).cosign(follower.log);
    expect(note && (await isCosignedBy(identity.key, note))).toBe(true);
    expect(note && (await isCosignedBy(driver.authority.key, note))).toBe(false);
    expect(note && (await follower.tribunal.hear(note, 'ada'))).toBe(true);
    const other = follow(driver);
    const lie = await adding([2]);
    other.tail().push(0, lie.entries, await sign(lie));
    other.tail().status.set('online');
    await settle();
    // A shorter log than what this device has cosigned: it may be true, and it says nothing.
    expect(other.follower.value.size).toBe(3);
    const after = createDeviceWitness({ identity, storage, clock });
    expect(await after.cosign(other.follower.log)).toBeUndefined();
  });
});
void signReceipt;
void encodeEntryBundle;
