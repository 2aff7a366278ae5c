import { sha256, utf8ToBytes } from '@fairground/ledger';
import { formatDid, formatWorldId, ROOM_META, ROOM_SETTINGS } from '@fairground/protocol';
import { expect, it } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { DocumentStatus } from '../document.ts';
import { seedIdentity } from '../identity.ts';
import { createLive } from '../live.ts';
import { createTestClock } from '../testClock.fixture.ts';
import { createRoom } from './room.ts';

const ada = seedIdentity(sha256(utf8ToBytes('ada')));
const world = (name: string) => formatWorldId(sha256(utf8ToBytes(name)));

function openRoom() {
  const doc = new Y.Doc();
  const clock = createTestClock();
  const document = {
    doc,
    awareness: new Awareness(doc),
    status: createLive<DocumentStatus>('online'),
    refusedWith: undefined,
    reconnect: () => {},
    close: () => {},
  };
  const room = createRoom({ room: new Uint8Array(16), document, identity: ada, clock });
  return { room, doc, clock };
}

it('[X30] settings that are no drafts are not shown', () => {
  const { room, doc } = openRoom();
  const map = doc.getMap<unknown>(ROOM_SETTINGS);
  const by = formatDid(ada.key);
  const junk = [
    null,
    7,
    'x',
    [],
    { by },
    { value: 1 },
    { value: 1, by: 7 },
    { value: 1, by: 'ada' },
    new Y.Map(),
  ];
  for (const [i, value] of junk.entries()) map.set(`junk ${i}`, value);
  map.set('__proto__', { value: 1, by });
  room.setSetting('seats', 8);
  const { seats, ...others } = room.settings.value;
  expect(seats).toEqual({ value: 8, by });
  expect(Object.values(others)).toEqual([{ value: 1, by }]);
  expect('value' in room.settings.value).toBe(false);
});

it('[X30] more drafts than a game has settings are not shown', () => {
  const { room } = openRoom();
  for (let i = 0; i < 500; i++) room.setSetting(`s${i}`, i);
  expect(Object.keys(room.settings.value)).toHaveLength(64);
});

it('[X31] hints that change all the time are heard once in a while, the last one in the end', async () => {
  const { room, doc, clock } = openRoom();
  const heard: (string | undefined)[] = [];
  room.worldHint.subscribe((hint) => heard.push(hint));
  const meta = doc.getMap<unknown>(ROOM_META);
  for (let i = 0; i < 1000; i++) meta.set('world', world(`${i}`));
  meta.set('world', { not: 'a world' });
  meta.set('world', world('last'));
  expect(heard).toEqual([undefined, world('0')]);
  await clock.advance(2_000);
  expect(heard.slice(2)).toEqual([world('last')]);
  await clock.advance(10_000);
  meta.set('world', 7);
  expect(heard.slice(3)).toEqual([undefined]);
  room.close();
});
