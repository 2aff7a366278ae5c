import {
  type Bytes,
  decodeCbor,
  drawView,
  equalBytes,
  parseCheckpoint,
  parseNote,
  parseView,
  sha256,
  step,
  unwrap,
  verifyPair,
  openWorld,
} from '@fairground/ledger';
import { decodePicture, formatWorldId, type Picture, VIEW_ROOT } from '@fairground/protocol';
import { games } from '@fairground/rules';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createDevice } from '../testing/device.ts';
import { openParty, type Party, restart, testKeys } from '../testing/party.ts';
import { docOf } from '../testing/relayEnd.ts';
import { tally } from '../testing/tally.ts';
import { createPictureDoc } from './pictureDoc.ts';

/** Every picture that was sent of a world, in order. */
function sent({ relay }: Party, world: Bytes): readonly Bytes[] {
  const name = `view:${formatWorldId(world)}`;
  return relay.frames.flatMap((frame) => (frame.t === 'doc' && frame.name === name ? [frame.update] : []));
}

/** What a reader's document holds: one picture, or none. */
function shown({ docs }: Party, world: Bytes): Picture | undefined {
  const all = docOf(docs, `view:${formatWorldId(world)}`)
    .getArray<Uint8Array>(VIEW_ROOT)
    .toArray();
  expect(all.length).toBeLessThanOrEqual(1);
  const [bytes] = all;
  return bytes && unwrap(decodePicture(new Uint8Array(bytes)));
}

const sizeOf = (picture: Picture | undefined) => picture && unwrap(parseView(picture.view[0])).size;

async function table(party: Party) {
  const ann = createDevice('Ann');
  const { world } = await party.create(ann, 'tally', { goal: 100_000 });
  await party.send(ann, world, 'join');
  const add = async () => {
    await party.send(ann, world, 'add', { count: 1 });
    await party.settle();
  };
  return { ann, world, add };
}

/** Checks a picture as a stranger would, against the log that the store holds. */
async function isTrue(party: Party, world: Bytes, picture: Picture | undefined): Promise<boolean> {
  if (!picture) return false;
  const word = unwrap(parseView(picture.view[0]));
  const [genesis, ...rest] = await party.store.entries(world, 0, word.size);
  const game = [...games, tally].find((one) => genesis && openWorld(one, genesis).ok);
  if (!genesis || !game) return false;
  const replay = unwrap(openWorld(game, genesis));
  for (const bytes of rest) unwrap(step(game, replay, bytes));
  const drawn = drawView(game, replay.state);
  const head = unwrap(parseCheckpoint(unwrap(parseNote(picture.checkpoint)).text));
  const [bytes, sig] = picture.view;
  return (
    equalBytes(picture.genesis, genesis) &&
    equalBytes(picture.drawn, drawn) &&
    equalBytes(word.hash, sha256(drawn)) &&
    head.size === word.size &&
    equalBytes(head.root, word.root) &&
    (await verifyPair('view', testKeys.signer.key, { bytes, sig })) &&
    decodeCbor(picture.drawn).ok
  );
}

describe('[A130] signed pictures for lookers-on', () => {
  it('where nobody looks nothing is drawn; who comes is shown what stands at once', async () => {
    const party = await openParty({ games: [tally] });
    const { world, add } = await table(party);
    await add();
    expect(sent(party, world)).toEqual([]);
    party.relay.watch(world, true);
    await party.settle();
    expect(sizeOf(shown(party, world))).toBe(3);
    expect(await isTrue(party, world, shown(party, world))).toBe(true);
    await party.authority.close();
  });

  it('once a second and world at most, the last one in the end, and none after the last looker-on has left', async () => {
    const party = await openParty({ games: [tally] });
    const { world, add } = await table(party);
    party.relay.watch(world, true);
    await party.settle();
    for (let i = 0; i < 20; i++) await add();
    expect(sent(party, world)).toHaveLength(1);
    await party.clock.advance(999);
    expect(sent(party, world)).toHaveLength(1);
    await party.clock.advance(1);
    expect(sent(party, world)).toHaveLength(2);
    expect(sizeOf(shown(party, world))).toBe(22);
    expect(await isTrue(party, world, shown(party, world))).toBe(true);
    party.relay.watch(world, false);
    await party.settle();
    await add();
    await party.clock.advance(5_000);
    expect(sent(party, world)).toHaveLength(2);
    await party.authority.close();
  });

  it('of a world that is closed the last picture shows the end, however short the time since the one before', async () => {
    const party = await openParty({ games: [tally] });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'tally', { goal: 1 });
    await party.send(ann, world, 'join');
    party.relay.watch(world, true);
    await party.settle();
    await party.send(ann, world, 'add', { count: 1 });
    await party.clock.advance(60_000);
    const row = await party.store.world(world);
    expect(row?.closed).toBe(true);
    expect(sizeOf(shown(party, world))).toBe(row?.size);
    expect(await isTrue(party, world, shown(party, world))).toBe(true);
    await party.authority.close();
  });

  it('after a restart, and on another link, readers go on with the same document', async () => {
    const party = await openParty({ games: [tally] });
    const { world, add } = await table(party);
    party.relay.watch(world, true);
    await party.settle();
    await party.clock.advance(1_000);
    await add();
    const before = sizeOf(shown(party, world));
    await party.authority.close();
    const again = await restart(party, { games: [tally] });
    again.relay.watch(world, true);
    await again.settle();
    await again.clock.advance(5_000);
    expect(sizeOf(shown(again, world))).toBeGreaterThanOrEqual(before ?? 0);
    expect(await isTrue(again, world, shown(again, world))).toBe(true);
    await again.authority.close();
  });

  it('a world that cannot be drawn, and one that is unknown, are not shown; the log goes on', async () => {
    const broken = { ...tally, view: () => ({ half: 0.5 }) };
    const party = await openParty({ games: [broken] });
    const { world, add } = await table(party);
    party.relay.watch(world, true);
    party.relay.watch(sha256(world), true);
    await party.settle();
    await add();
    expect(sent(party, world)).toEqual([]);
    expect(party.logged).toContainEqual(expect.stringContaining('could not be drawn'));
    expect((await party.store.world(world))?.size).toBe(3);
    await party.authority.close();
  });
});

describe('[A131] the document of pictures', () => {
  const world = formatWorldId(new Uint8Array(32).fill(9));
  const picture = (n: number) => new Uint8Array([n, n, n]);
  const read = (doc: Y.Doc) =>
    doc
      .getArray<Uint8Array>(VIEW_ROOT)
      .toArray()
      .map((bytes) => bytes[0]);

  it('comes out the same however often it is begun anew: whoever has some of it is shown the newest', () => {
    const long = createPictureDoc(world);
    const updates = [3, 4, 9, 40].map((size) => long.put(size, picture(size)));
    const anew = createPictureDoc(world).put(40, picture(40));
    const reader = new Y.Doc();
    for (const update of updates.slice(0, 3)) Y.applyUpdate(reader, update);
    expect(read(reader)).toEqual([9]);
    Y.applyUpdate(reader, anew);
    expect(read(reader)).toEqual([40]);
    const late = new Y.Doc();
    Y.applyUpdate(late, anew);
    expect(Y.encodeStateAsUpdate(late)).toEqual(Y.encodeStateAsUpdate(reader));
    // What comes after it of a drawer that never stopped, and what is older, in any order.
    for (const update of [...updates.toReversed(), long.put(41, picture(41)), ...updates])
      Y.applyUpdate(late, update);
    expect(read(late)).toEqual([41]);
  });

  it('stays as small as its newest picture, however many there were', () => {
    const doc = createPictureDoc(world);
    const reader = new Y.Doc();
    for (let size = 1; size < 5_000; size += 3) Y.applyUpdate(reader, doc.put(size, picture(size)));
    expect(Y.encodeStateAsUpdate(reader).length).toBeLessThan(64);
    expect(doc.put(1_000_000, picture(1)).length).toBeLessThan(64);
    expect(() => doc.put(7, picture(7))).toThrow('not past');
  });
});
