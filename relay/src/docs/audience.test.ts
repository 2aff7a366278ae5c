import { parseWorldId, type ToAuthority, type WatchedFrame, worldBytes } from '@fairground/protocol';
import { unwrap } from '@fairground/ledger';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DocClient, joinedDoc } from '../testing/docClient.ts';
import {
  attachAuthority,
  handClock,
  type HandAuthority,
  publishRoom,
  startRelay,
  type TestRelay,
  type TestRoom,
  until,
} from '../testing/party.ts';
import { createAudience } from './audience.ts';

let relay: TestRelay;
let authority: HandAuthority;
let room: TestRoom;
const clients: DocClient[] = [];

beforeEach(async () => {
  relay = await startRelay();
  authority = attachAuthority(relay);
  room = await publishRoom(relay, authority);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await relay.close();
});

async function open(document: string): Promise<DocClient> {
  const client = await joinedDoc(relay, document);
  clients.push(client);
  return client;
}

const said = ({ mail }: HandAuthority): readonly ToAuthority[] => mail.filter(({ t }) => t === 'watched');

it('[Y125] an authority is told of the first who looks at a world’s pictures, and of no other document', async () => {
  await open(`tail:${room.world}`);
  expect(said(authority)).toEqual([]);
  await open(`view:${room.world}`);
  await open(`view:${room.world}`);
  await until(() => said(authority).length > 0);
  expect(said(authority)).toEqual([{ t: 'watched', world: worldBytes(room.world), watched: true }]);
});

it('[Y125] whoever takes its place is told again, and only of its own worlds', async () => {
  await open(`view:${room.world}`);
  const newer = attachAuthority(relay, 2);
  await until(() => said(newer).length > 0);
  expect(said(newer)).toEqual([{ t: 'watched', world: worldBytes(room.world), watched: true }]);
});

it('[Y125] the end is told ten seconds after the last one has left, unless somebody comes back', () => {
  const clock = handClock();
  const told: boolean[] = [];
  const tell = (_: string, { watched }: WatchedFrame) => told.push(watched);
  const audience = createAudience({ clock, authorityOf: () => 'the one', tell });
  const world = unwrap(parseWorldId('a'.repeat(52)));
  const document = { kind: 'view', world } as const;
  audience.came(document);
  audience.came(document);
  audience.went(document);
  clock.advance(60_000);
  expect(told).toEqual([true]);
  audience.went(document);
  clock.advance(9_999);
  audience.came(document);
  clock.advance(60_000);
  expect(told).toEqual([true]);
  audience.went(document);
  clock.advance(10_000);
  expect(told).toEqual([true, false]);
  audience.online('the one');
  expect(told).toEqual([true, false]);
});
