import {
  decodeCbor,
  decodePair,
  encodeCbor,
  encodePair,
  sha256,
  signPair,
  unwrap,
  utf8ToBytes,
} from '@fairground/ledger';
import { limits, ROOM_REACTIONS, signReaction } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seedIdentity } from '../identity.ts';
import { createReactions } from './reactions.ts';

const room = sha256(utf8ToBytes('room')).slice(0, 16);
const line = 'ab'.repeat(32);
const other = 'cd'.repeat(32);
const of = (name: string) => seedIdentity(sha256(utf8ToBytes(name)));
const [ada, bob, mallory] = [of('ada'), of('bob'), of('mallory')];
const bobs = { room, line: new Uint8Array(32).fill(0xab), turn: 0, mark: 'laugh' as const };

function open(identity = ada, doc = new Y.Doc()) {
  const reactions = createReactions({ doc, room, identity });
  const array = doc.getArray<Uint8Array>(ROOM_REACTIONS);
  const names = new Map([ada, bob, mallory].map(({ key }, i) => [unhex(key), ['ada', 'bob', 'mallory'][i]]));
  const shown = () =>
    reactions.shown.value.map(
      ({ author, mark, mine, line: about }) =>
        `${names.get(author)}${mine ? ' (me)' : ''}: ${mark}${about === line ? '' : ' elsewhere'}`,
    );
  return { reactions, array, shown, doc };
}

const unhex = (key: Uint8Array) => [...key].map((byte) => byte.toString(16).padStart(2, '0')).join('');

describe('reactions', () => {
  it('[D200] of everybody are shown, one of each to a line, and taken back', async () => {
    const { reactions, array, shown } = open();
    await reactions.react(line, 'wow');
    array.push([await signReaction(bob, bobs)]);
    await reactions.react(other, 'love');
    await expect.poll(shown).toEqual(['ada (me): wow', 'bob: laugh', 'ada (me): love elsewhere']);
    await reactions.react(line, 'cheer');
    await reactions.react(other, undefined);
    await expect.poll(shown).toEqual(['ada (me): cheer', 'bob: laugh']);
  });

  it('[D200] forged in the name of another are left out, and so are those of another room, and junk', async () => {
    const { array, shown, doc } = open();
    const { bytes, sig } = unwrap(decodePair(await signReaction(bob, bobs)));
    const said = unwrap(decodeCbor(bytes)) as object;
    const inBobsName = encodePair(await signPair('reaction', mallory, bytes));
    const changed = encodePair({ bytes: encodeCbor({ ...said, mark: 'love' }), sig });
    const elsewhere = await signReaction(bob, { ...bobs, room: sha256(room).slice(0, 16) });
    array.push([inBobsName, changed, elsewhere, new Uint8Array([1, 2, 3])]);
    doc.getArray<unknown>(ROOM_REACTIONS).push([null, 'x', new Y.Map(), -1]);
    array.push([await signReaction(mallory, bobs)]);
    await expect.poll(shown).toEqual(['mallory: laugh']);
  });

  it('[D200] that were taken back stay so, whoever brings the old one again', async () => {
    const { array, shown } = open();
    const first = await signReaction(bob, bobs);
    array.push([first, await signReaction(bob, { ...bobs, turn: 1, mark: null })]);
    array.insert(0, [first]);
    array.push([first, await signReaction(mallory, bobs)]);
    await expect.poll(shown).toEqual(['mallory: laugh']);
  });

  it('[D200] are the same on all devices when two pages of one person react at once', async () => {
    const [one, two] = [open(), open()];
    await Promise.all([one.reactions.react(line, 'love'), two.reactions.react(line, 'wow')]);
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc));
    Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc));
    await expect.poll(() => one.shown().length).toBe(1);
    await expect.poll(two.shown).toEqual(one.shown());
    await two.reactions.react(line, 'cheer');
    await expect.poll(two.shown).toEqual(['ada (me): cheer']);
  });

  it('[D201] limit reactionTurns: a mind that is changed too often is told so, and its last word stands', async () => {
    const { reactions, shown } = open();
    for (let turn = 0; turn < limits.reactionTurns.max; turn++)
      expect(await reactions.react(line, turn % 2 === 0 ? 'love' : 'wow')).toEqual({
        ok: true,
        value: undefined,
      });
    expect(await reactions.react(line, 'laugh')).toMatchObject({ ok: false, code: 'rate_limited' });
    await expect.poll(shown).toEqual(['ada (me): wow']);
    expect(await reactions.react(other, 'laugh')).toMatchObject({ ok: true });
  });
});
