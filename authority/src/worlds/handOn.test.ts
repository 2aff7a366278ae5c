import {
  type Bytes,
  bytesToUtf8,
  decodeEntry,
  decodeEntryBundle,
  equalBytes,
  logVkey,
  parseReceipt,
  unwrap,
  verifyCheckpoint,
  verifyHandOvers,
  verifyHeir,
  verifyPair,
} from '@fairground/ledger';
import { decodePicture, formatWorldId, VIEW_ROOT } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import { syncSigner } from '../keys/signer.ts';
import { labelled, createDevice } from '../testing/device.ts';
import { type Party, openParty, restart, testKeys } from '../testing/party.ts';
import { docOf } from '../testing/relayEnd.ts';
import { tally } from '../testing/tally.ts';
import { createGate, gatedStore } from '../testing/trouble.ts';

const games = [tally];
const heir = syncSigner(labelled('heir'));
const handedOn = { name: testKeys.name, signer: heir, former: [testKeys.signer] };

async function table(goal = 100_000) {
  const party = await openParty({ games });
  const ann = createDevice('Ann');
  const { world } = await party.create(ann, 'tally', { goal });
  await party.send(ann, world, 'join');
  await party.send(ann, world, 'add', { count: 1 });
  await party.settle();
  return { party, ann, world };
}

const kindsAfter = (party: Party, world: Bytes, size: number) =>
  party.relay
    .batches(world)
    .flatMap(({ entries }) => entries)
    .slice(size)
    .map((bytes) => unwrap(decodeEntry(bytes)).kind);

async function signersOf(party: Party, world: Bytes): Promise<readonly string[]> {
  const { origin } = party.follow(world);
  const names = party.relay.batches(world).map(async ({ checkpoint }) => {
    const note = (checkpoint && bytesToUtf8(checkpoint)) ?? '';
    const isSigned = async (key: Bytes) => (await verifyCheckpoint(note, logVkey(origin, key))).ok;
    return (await isSigned(heir.key)) ? 'heir' : (await isSigned(testKeys.signer.key)) ? 'first' : 'nobody';
  });
  return Promise.all(names);
}

describe('an authority whose key was handed on', () => {
  it('[A150] says so in the log of every match that is open before anything else, and signs on with the new key', async () => {
    const { party, ann, world } = await table();
    const { size } = party.follow(world);
    const again = await restart(party, { games, keys: handedOn });
    const reply = await again.send(ann, world, 'add', { count: 2 });
    const [bytes, sig] = (reply.body as unknown as { readonly receipt: [Bytes, Bytes] }).receipt;
    expect(await verifyPair('receipt', heir.key, { bytes, sig })).toBe(true);
    expect(unwrap(parseReceipt(bytes)).keyId).toEqual(logVkey(again.follow(world).origin, heir.key).keyId);
    const kinds = kindsAfter(again, world, size);
    expect(kinds[0]).toBe('rotate');
    expect(kinds.filter((kind) => kind === 'rotate')).toHaveLength(1);
    const signers = await signersOf(again, world);
    expect([...new Set(signers)]).toEqual(['first', 'heir']);
    expect(again.follow(world).authorityKey).toEqual(heir.key);
    await again.authority.close();
  });

  it('[A159] shows its rotations to whoever asks, as far as they are published', async () => {
    const { party, ann, world } = await table();
    expect((await party.relay.get(world, 'rotations')).status).toBe(404);
    const first = await restart(party, { games, keys: handedOn });
    await first.send(ann, world, 'add', { count: 2 });
    await first.settle();
    const rotations = async () => {
      const { body } = await first.relay.get(world, 'rotations');
      const { bytes, immutable } = body as unknown as { readonly bytes: Bytes; readonly immutable: boolean };
      return { entries: unwrap(decodeEntryBundle(bytes)), immutable };
    };
    const { entries, immutable } = await rotations();
    expect(immutable).toBe(false);
    const before = { world, before: first.follow(world).size, rotations: entries };
    expect(verifyHandOvers({ ...before, from: testKeys.signer.key, to: heir.key })).toMatchObject({
      ok: true,
    });
    await first.send(ann, world, 'add', { count: 3 });
    await first.settle();
    expect((await rotations()).entries).toEqual(entries);
    await first.authority.close();
  });

  it('[A150] once: the next start finds it done', async () => {
    const { party, world } = await table();
    const first = await restart(party, { games, keys: handedOn });
    await first.settle();
    const second = await restart(first, { games, keys: handedOn });
    await second.settle();
    const kinds = kindsAfter(second, world, 0);
    expect(kinds.filter((kind) => kind === 'rotate')).toHaveLength(1);
    expect(second.authority.health().reasons).toEqual([]);
    await second.authority.close();
  });

  it('[A150] says it also when the first commit after the start fails', async () => {
    const { party, ann, world } = await table();
    const gate = createGate();
    gate.fail('not yet');
    const again = await restart(party, { games, keys: handedOn, store: gatedStore(party.store, gate) });
    await again.clock.advance(2000);
    expect((await again.send(ann, world, 'add', { count: 1 })).status).toBe(200);
    expect(again.follow(world).authorityKey).toEqual(heir.key);
    await again.authority.close();
  });

  it('[A151] what was committed and not signed when it fell is signed by the key that was its own then', async () => {
    const { party, world } = await table();
    const unsigned = (await party.store.batches(world, 0)).filter(
      ({ checkpoint }) => checkpoint.length === 0,
    );
    expect(unsigned.length).toBeGreaterThan(0);
    const again = await restart(party, { games, keys: handedOn });
    await again.clock.advance(1000);
    const ends = new Set(unsigned.map(({ end }) => end));
    const { origin } = again.follow(world);
    const signed = (await again.store.batches(world, 0)).filter(({ end }) => ends.has(end));
    for (const { checkpoint } of signed)
      expect(
        await verifyCheckpoint(bytesToUtf8(checkpoint) ?? '', logVkey(origin, testKeys.signer.key)),
      ).toMatchObject({ ok: true });
    await again.authority.close();
  });

  it('[A152] gives who asks again for a finished match the receipt of the key that finished it', async () => {
    const { party, ann, world } = await table(3);
    const mail = ann.intent(world, 'add', { count: 2 } as never);
    expect((await party.relay.send('intent', mail, world)).status).toBe(200);
    await party.clock.advance(2000);
    const again = await restart(party, { games, keys: handedOn });
    const reply = await again.relay.send('intent', mail, world);
    const [bytes, sig] = (reply.body as unknown as { readonly receipt: [Bytes, Bytes] }).receipt;
    expect(await verifyPair('receipt', testKeys.signer.key, { bytes, sig })).toBe(true);
    expect(kindsAfter(again, world, 0)).not.toContain('rotate');
    await again.authority.close();
  });

  it('[A153] shows lookers-on, who know the genesis alone, both keys’ word that the new one speaks', async () => {
    const { party, world } = await table();
    const again = await restart(party, { games, keys: handedOn });
    again.relay.watch(world, true);
    await again.settle();
    const [bytes] = docOf(again.docs, `view:${formatWorldId(world)}`)
      .getArray<Uint8Array>(VIEW_ROOT)
      .toArray();
    const { heir: word, view } = unwrap(decodePicture(new Uint8Array(bytes ?? [])));
    expect(word && verifyHeir({ key: testKeys.signer.key, heir: word.key }, word)).toBe(true);
    expect(await verifyPair('view', heir.key, { bytes: view[0], sig: view[1] })).toBe(true);
    await again.authority.close();
  });

  it('[A154] introduces itself to the relay as the heir of its earlier keys', async () => {
    const { party } = await table();
    const again = await restart(party, { games, keys: handedOn });
    const [hello] = again.relay.frames;
    const [word] = hello?.t === 'hello' ? (hello.former ?? []) : [];
    expect(word && verifyHeir({ key: word.key, heir: heir.key }, word)).toBe(true);
    expect(word && equalBytes(word.key, testKeys.signer.key)).toBe(true);
    await again.authority.close();
  });

  it('[A155] under a key that its log does not name any more a match stands still: nothing is signed for it', async () => {
    const { party, world } = await table();
    const first = await restart(party, { games, keys: handedOn });
    await first.clock.advance(1000);
    const { size } = first.follow(world);
    const second = await restart(first, { games });
    await second.settle();
    expect(second.authority.stats().worlds).toMatchObject({ recovering: 1 });
    expect(second.follow(world).size).toBe(size);
    await second.authority.close();
  });
});
