import {
  type Bytes,
  bytesToHex,
  checkpointIn,
  genesisPolicy,
  makeReceipt,
  parseGenesis,
  parseReceipt,
  signedBytes,
  unwrap,
} from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../store/memoryStore.ts';
import { createDevice } from '../testing/device.ts';
import { openParty, type Party, restart, testKeys } from '../testing/party.ts';
import { tally } from '../testing/tally.ts';
import { planSuccessor } from './successor.ts';

const games = [tally];
type Pair = readonly [Bytes, Bytes];

/** An old copy of the log is in use, and nobody holds what was signed since. */
async function lostEnd(lost = 3) {
  const old = openMemoryStore();
  const newest = openMemoryStore();
  const both = {
    ...newest,
    prepare: async (plan: Parameters<typeof old.prepare>[0]) => {
      await old.prepare(plan);
      await newest.prepare(plan);
    },
  };
  let isCopied = true;
  const store = {
    ...both,
    async append(commit: Parameters<typeof old.append>[0]) {
      if (isCopied) await old.append(commit);
      await newest.append(commit);
    },
  };
  const party = await openParty({ games, store });
  const ann = createDevice('Ann');
  const { world, room } = await party.create(ann, 'tally', { goal: 1000 });
  await party.send(ann, world, 'join');
  await party.clock.advance(1000);
  isCopied = false;
  const receipts: Pair[] = [];
  for (let i = 0; i < lost; i++) {
    const reply = await party.send(ann, world, 'add', { count: 1 });
    receipts.push((reply.body as unknown as { readonly receipt: Pair }).receipt);
  }
  await party.settle();
  return { party, ann, world, room, old, receipts };
}

type Scene = Awaited<ReturnType<typeof lostEnd>>;

function plan({ party, old, world }: Scene, receipts: readonly Pair[] = []) {
  const { clock, lock } = party;
  const random = (n: number) => new Uint8Array(n).fill(n);
  const charter = { policy: genesisPolicy(), successors: [] };
  const pairs = receipts.map(([bytes, sig]) => ({ bytes, sig }));
  return planSuccessor({ store: old, lock, keys: testKeys, games, clock, random, charter }, world, pairs);
}

describe('[A157] a world whose signed end is lost', () => {
  it('gets a successor that says where it goes on, how far was signed and which receipts are void; twice it is one', async () => {
    const scene = await lostEnd();
    const planned = unwrap(await plan(scene, [...scene.receipts, ...scene.receipts]));
    const { parent, host, authority } = unwrap(parseGenesis(planned.genesis));
    const [locked] = await scene.party.lock.read();
    const row = await scene.old.world(scene.world);
    expect(parent && checkpointIn(parent.checkpoint)?.size).toBe(row?.size);
    expect(parent?.lost).toMatchObject({ size: locked?.size, root: locked?.root });
    const named = scene.receipts.map(([bytes]) => unwrap(parseReceipt(bytes)).index);
    expect(parent?.lost?.receipts.map(({ index }) => index)).toEqual(named);
    expect(host).toEqual(scene.ann.key);
    expect(authority).toEqual({ name: testKeys.name, key: testKeys.signer.key });
    expect(planned.room.room).toEqual(scene.room);
    expect(unwrap(await plan(scene)).world).toEqual(planned.world);
  });

  it('has none while nothing of it is lost, or where the store has not heard of it', async () => {
    const scene = await lostEnd();
    const whole = { ...scene, old: scene.party.store };
    expect(await plan(whole)).toMatchObject({ ok: false, code: 'nothing_lost' });
    expect(await plan({ ...scene, world: new Uint8Array(32) })).toMatchObject({ code: 'world_unknown' });
  });

  it('names no receipt that this authority has not signed for it', async () => {
    const scene = await lostEnd();
    const [[bytes, sig] = [new Uint8Array(), new Uint8Array()]] = scene.receipts;
    const forged = makeReceipt({ ...unwrap(parseReceipt(bytes)), index: 7 });
    const others = makeReceipt({ ...unwrap(parseReceipt(bytes)), world: new Uint8Array(32) });
    const ofAnother: Pair = [others, testKeys.signer.signSync(signedBytes('receipt', others))];
    for (const pair of [[forged, sig], [bytes, sig.toReversed()], ofAnother] as const)
      expect(await plan(scene, [pair])).toMatchObject({ code: 'receipt_void' });
  });

  it('names 64 receipts at most; with more it is not planned, and the operator is told to leave some out', async () => {
    const scene = await lostEnd(65);
    expect(await plan(scene, scene.receipts)).toMatchObject({
      ok: false,
      code: 'too_many',
      message: expect.stringMatching(/64.*65 were given.*leave some out/),
    });
    const planned = unwrap(await plan(scene, scene.receipts.slice(1)));
    expect(unwrap(parseGenesis(planned.genesis)).parent?.lost?.receipts).toHaveLength(64);
  });
});

describe('[A158] after the next start', () => {
  const backAgain = ({ party, old }: Scene, more: Partial<Party> = {}) =>
    restart({ ...party, ...more }, { games, store: old, docs: new Map() });

  it('the lost world is closed and sought no more; its successor is played in the same room', async () => {
    const scene = await lostEnd();
    const planned = unwrap(await plan(scene));
    const again = await backAgain(scene);
    await again.settle();
    expect(again.authority.stats().worlds).toMatchObject({ closed: 1, live: 1, recovering: 0 });
    expect(again.authority.health()).toMatchObject({ ok: true, reasons: [] });
    const sought = again.relay.frames.flatMap((frame) =>
      frame.t === 'seek' && frame.range ? [frame.range] : [],
    );
    expect(sought).toEqual([]);
    const reply = await again.send(scene.ann, planned.world, 'join');
    expect(reply.status).toBe(200);
    const rooms = await again.store.rooms();
    expect(rooms.map(({ world }) => bytesToHex(world))).toEqual([bytesToHex(planned.world)]);
    const refused = await again.send(scene.ann, scene.world, 'add', { count: 1 });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    await again.authority.close();
  });

  it('whatever turns up of the lost world later brings nothing back, and the start after that begins nothing anew', async () => {
    const scene = await lostEnd();
    const batches = scene.party.relay.batches(scene.world);
    const planned = unwrap(await plan(scene));
    const again = await backAgain(scene);
    await again.settle();
    const size = (await scene.old.world(scene.world))?.size ?? 0;
    const part = batches.find(({ first }) => first >= size);
    expect(part).toBeDefined();
    if (part) await again.relay.bring(scene.world, part);
    await again.settle();
    expect((await scene.old.world(scene.world))?.size).toBe(size);
    const third = await restart(again, { games });
    await third.settle();
    expect(third.authority.stats().worlds).toMatchObject({ closed: 1, live: 1 });
    expect((await scene.old.worlds()).map(({ world }) => bytesToHex(world)).toSorted()).toEqual(
      [scene.world, planned.world].map(bytesToHex).toSorted(),
    );
    await third.authority.close();
  });
});
