import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type DocClient, bareSocket, joinedDoc } from '../testing/docClient.ts';
import {
  type HandAuthority,
  type TestRelay,
  type TestRoom,
  attachAuthority,
  person,
  publishRoom,
  startRelay,
  tokenOf,
  until,
} from '../testing/party.ts';
import { readFrame, updateFrame } from './frames.ts';

let relay: TestRelay;
let authority: HandAuthority;
let room: TestRoom;
let name: string;
const clients: DocClient[] = [];

beforeEach(async () => {
  relay = await startRelay();
  authority = attachAuthority(relay);
  room = await publishRoom(relay, authority);
  name = `room:${room.room}`;
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await relay.close();
});

async function member(of = name): Promise<DocClient> {
  const client = await joinedDoc(relay, of, { token: await tokenOf(relay, person()) });
  clients.push(client);
  return client;
}

async function spectator(of = name): Promise<DocClient> {
  const client = await joinedDoc(relay, of);
  clients.push(client);
  return client;
}

const lines = ({ doc }: DocClient): readonly unknown[] => doc.getArray('chat').toArray();

describe('stock y-websocket clients', () => {
  it('[Y10] converge in a room, whoever writes and whoever comes late', async () => {
    const [ann, ben] = [await member(), await member()];
    ann.doc.getArray('chat').push(['a1', 'a2']);
    ben.doc.getArray('chat').push(['b1']);
    ben.doc.getMap('settings').set('topic', 'science');
    await until(() => lines(ann).length === 3 && lines(ben).length === 3);
    const late = await member();
    expect(lines(late)).toEqual(lines(ann));
    expect(lines(ben)).toEqual(lines(ann));
    expect(late.doc.getMap('settings').get('topic')).toBe('science');
    expect([...ann.closes, ...ben.closes]).toEqual([]);
  });

  it('[Y10] edit one text at the same time and agree', async () => {
    const [ann, ben] = [await member(), await member()];
    ann.doc.getText('notes').insert(0, 'hello');
    ben.doc.getText('notes').insert(0, 'world');
    await until(() => ann.doc.getText('notes').length === 10 && ben.doc.getText('notes').length === 10);
    expect(ben.doc.getText('notes').toJSON()).toBe(ann.doc.getText('notes').toJSON());
  });

  it('[Y47] hear nothing again of what they alone have just written', async () => {
    const ben = await member();
    const token = await tokenOf(relay, person());
    const ann = await bareSocket(`${relay.ws}/docs/${name}?token=${token}`);
    const heard = () => ann.got.map(readFrame).filter((frame) => frame?.kind === 'update').length;
    const doc = new Y.Doc();
    doc.getArray('chat').push(['a1']);
    ann.socket.send(updateFrame(Y.encodeStateAsUpdate(doc)));
    await until(() => lines(ben).length === 1);
    ben.doc.getArray('chat').push(['b1']);
    await until(() => heard() === 1);
    const update = ann.got.map(readFrame).find((frame) => frame?.kind === 'update');
    if (update?.kind === 'update') Y.applyUpdate(doc, update.update);
    expect(doc.getArray('chat').toArray()).toEqual(lines(ben));
    ann.socket.close();
  });

  it('[Y10] catch up with what they wrote while they were away', async () => {
    const [ann, ben] = [await member(), await member()];
    ann.provider.disconnect();
    ann.doc.getArray('chat').push(['offline']);
    ben.doc.getArray('chat').push(['online']);
    await until(() => lines(ben).length === 1);
    ann.provider.connect();
    await until(() => lines(ann).length === 2 && lines(ben).length === 2);
    expect(lines(ann)).toEqual(lines(ben));
  });

  it('[Y20] may set a map’s key that somebody else has set, and delete their own', async () => {
    const [ann, ben] = [await member(), await member()];
    ann.doc.getMap('settings').set('topic', 'science');
    await until(() => ben.doc.getMap('settings').get('topic') === 'science');
    ben.doc.getMap('settings').set('topic', 'history');
    await until(() => ann.doc.getMap('settings').get('topic') === 'history');
    ben.doc.getMap('settings').delete('topic');
    await until(() => !ann.doc.getMap('settings').has('topic'));
    const late = await member();
    expect(late.doc.getMap('settings').size).toBe(0);
    expect([...ann.closes, ...ben.closes]).toEqual([]);
  });

  it('[Y20] keep their place in a room with old deletes when they come back', async () => {
    const [ann, ben] = [await member(), await member()];
    ann.doc.getArray('chat').push(['one', 'two', 'three']);
    ann.doc.getArray('chat').delete(0, 2);
    await until(() => lines(ben).length === 1);
    ben.provider.disconnect();
    ben.provider.connect();
    await until(() => ben.provider.synced);
    ben.doc.getArray('chat').push(['four']);
    await until(() => lines(ann).length === 2);
    expect(ben.closes.filter(({ code }) => code >= 4000)).toEqual([]);
  });
});

describe('who may read and write', () => {
  it('[Y12] somebody without a session reads a listed room and is sent away for writing', async () => {
    const ann = await member();
    ann.doc.getArray('chat').push(['hello']);
    const guest = await spectator();
    expect(lines(guest)).toEqual(['hello']);
    guest.doc.getArray('chat').push(['graffiti']);
    await until(() => guest.closes.length > 0);
    expect(guest.closes[0]).toEqual({ code: 4401, reason: 'session_needed' });
    expect(lines(ann)).toEqual(['hello']);
  });

  it('[Y11] only the authority writes the directory; a member who tries is sent away', async () => {
    const source = new Y.Doc();
    source.getMap('rooms').set(room.room, { title: 'A room' });
    authority.send({ t: 'doc', name: 'directory', update: Y.encodeStateAsUpdate(source) });
    const reader = await member('directory');
    await until(() => reader.doc.getMap('rooms').size === 1);
    reader.doc.getMap('rooms').set('fake', 1);
    await until(() => reader.closes.length > 0);
    expect(reader.closes[0]).toEqual({ code: 4403, reason: 'not_writer' });
    const other = await spectator('directory');
    expect([...other.doc.getMap('rooms').keys()]).toEqual([room.room]);
  });

  it('[Y11] a tail grows as the authority pushes it, and pushing twice is pushing once', async () => {
    const source = new Y.Doc();
    const tail = `tail:${room.world}`;
    source.getArray('batches').push([new Uint8Array([1])]);
    const first = Y.encodeStateAsUpdate(source);
    authority.send({ t: 'doc', name: tail, update: first });
    const reader = await spectator(tail);
    await until(() => reader.doc.getArray('batches').length === 1);
    source.getArray('batches').push([new Uint8Array([2])]);
    authority.send(
      { t: 'doc', name: tail, update: first },
      { t: 'doc', name: tail, update: Y.encodeStateAsUpdate(source) },
    );
    await until(() => reader.doc.getArray('batches').length === 2);
    expect(reader.doc.getArray('batches').toArray()).toEqual([new Uint8Array([1]), new Uint8Array([2])]);
  });

  it('[Y13] a reset sends the readers away, and they find the new document', async () => {
    const source = new Y.Doc();
    source.getMap('rooms').set('old', 1);
    authority.send({ t: 'doc', name: 'directory', update: Y.encodeStateAsUpdate(source) });
    const reader = await spectator('directory');
    const anew = new Y.Doc();
    anew.getMap('rooms').set('new', 1);
    authority.send({ t: 'doc.reset', name: 'directory', update: Y.encodeStateAsUpdate(anew) });
    await until(() => reader.closes.length > 0);
    expect(reader.closes[0]).toEqual({ code: 4410, reason: 'document_reset' });
    const late = await spectator('directory');
    expect([...late.doc.getMap('rooms').keys()]).toEqual(['new']);
  });

  it.each(['unlisted', 'private'] as const)(
    '[Y14] everything of an %s room needs its capability',
    async (visibility) => {
      const hidden = await publishRoom(relay, authority, visibility);
      const token = await tokenOf(relay, person());
      for (const document of [`room:${hidden.room}`, `tail:${hidden.world}`, `view:${hidden.world}`]) {
        const without = await bareSocket(`${relay.ws}/docs/${document}?token=${token}`);
        expect(await without.closed).toEqual({ code: 4403, reason: 'capability_needed' });
        const wrong = await bareSocket(`${relay.ws}/docs/${document}?cap=AAAAAAAAAAAAAAAAAAAAAA`);
        expect(await wrong.closed).toEqual({ code: 4403, reason: 'capability_wrong' });
      }
      const inside = await joinedDoc(relay, `room:${hidden.room}`, { token, cap: hidden.cap });
      clients.push(inside);
      inside.doc.getArray('chat').push(['psst']);
      expect(inside.closes).toEqual([]);
    },
  );

  it.each([
    'nonsense',
    'room:unknown',
    `room:${'a'.repeat(26)}`,
    `tail:${'a'.repeat(52)}`,
    '..%2fdirectory',
    '%',
  ])('[Y15] the document %s is unknown', async (document) => {
    const { closed } = await bareSocket(`${relay.ws}/docs/${document}`);
    expect(await closed).toEqual({ code: 4404, reason: 'document_unknown' });
  });

  it('[Y9] a token that is not ours is refused after the upgrade', async () => {
    const { closed } = await bareSocket(`${relay.ws}/docs/${name}?token=AAAA.BBBB`);
    expect(await closed).toEqual({ code: 4401, reason: 'session_invalid' });
  });

  it('[Y9] a token travels as a bearer too', async () => {
    const headers = { authorization: 'Bearer AAAA.BBBB' };
    const { closed } = await bareSocket(`${relay.ws}/docs/${name}`, headers);
    expect(await closed).toEqual({ code: 4401, reason: 'session_invalid' });
  });
});

describe('presence', () => {
  it('[Y30] is seen by the others, and goes with its connection', async () => {
    const [ann, ben] = [await member(), await member()];
    ann.provider.awareness.setLocalState({ name: 'Ann' });
    await until(() => ben.provider.awareness.getStates().get(ann.doc.clientID)?.['name'] === 'Ann');
    ann.provider.disconnect();
    await until(() => !ben.provider.awareness.getStates().has(ann.doc.clientID));
    expect([...ben.provider.awareness.getStates().keys()]).toEqual([ben.doc.clientID]);
  });

  it('[Y31] is batched: many changes reach the others in few frames', async () => {
    const writers = await Promise.all(Array.from({ length: 8 }, () => member()));
    const { socket, got } = await bareSocket(`${relay.ws}/docs/${name}`);
    await until(() => got.length > 0);
    const before = got.length;
    for (let round = 0; round < 5; round++)
      for (const { provider } of writers) provider.awareness.setLocalState({ round });
    const last = () => {
      const seen = got.slice(before).flatMap((bytes) => {
        const frame = readFrame(bytes);
        return frame?.kind === 'awareness' ? frame.entries : [];
      });
      return new Set(seen.filter(({ state }) => state === '{"round":4}').map(({ client }) => client)).size;
    };
    await until(() => last() === 8, 'everybody’s last state');
    expect(got.length - before).toBeLessThanOrEqual(6);
    socket.close();
  });

  it('[Y32] of somebody without a session is not passed on', async () => {
    const ann = await member();
    const guest = await spectator();
    guest.provider.awareness.setLocalState({ name: 'Nobody' });
    ann.provider.awareness.setLocalState({ name: 'Ann' });
    await until(() => guest.provider.awareness.getStates().get(ann.doc.clientID)?.['name'] === 'Ann');
    expect(ann.provider.awareness.getStates().has(guest.doc.clientID)).toBe(false);
    expect(guest.closes).toEqual([]);
  });
});
