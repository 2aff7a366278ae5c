import { sha256, utf8ToBytes } from '@fairground/ledger';
import { ROOM_CHAT, signChatLine } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seedIdentity } from '../identity.ts';
import { createTestClock, settle } from '../testClock.fixture.ts';
import { createChat } from './chat.ts';

const room = sha256(utf8ToBytes('room')).slice(0, 16);
const ada = seedIdentity(sha256(utf8ToBytes('ada')));
const bob = seedIdentity(sha256(utf8ToBytes('bob')));
const line = { room, epoch: 0, seq: 0, prev: new Uint8Array(32), text: 'hello', at: 1 };

function openChat(doc = new Y.Doc()) {
  const chat = createChat({ doc, room, identity: ada, clock: createTestClock() });
  const array = doc.getArray<Uint8Array>(ROOM_CHAT);
  const texts = async () => {
    await settle();
    return chat.lines.value.map(({ text, mine }) => `${mine ? 'me' : 'them'}: ${text}`);
  };
  return { chat, array, texts };
}

describe('chat', () => {
  it('[D16] shows signed lines of everybody, chained by author', async () => {
    const { chat, array, texts } = openChat();
    await chat.send('hi');
    array.push([await signChatLine(bob, line)]);
    await chat.send('how are you');
    expect(await texts()).toEqual(['me: hi', 'them: hello', 'me: how are you']);
  });

  it('[D16] leaves out forged lines, lines of other rooms, repeated ones, and junk', async () => {
    const { array, texts } = openChat();
    const good = await signChatLine(bob, line);
    const forged = good.map((byte, i) => (i === good.length - 1 ? byte ^ 1 : byte));
    const elsewhere = await signChatLine(bob, { ...line, room: sha256(room).slice(0, 16) });
    const second = await signChatLine(bob, { ...line, text: 'rewritten' });
    array.push([forged, elsewhere, good, good, second, new Uint8Array([1, 2, 3])]);
    expect(await texts()).toEqual(['them: hello']);
  });

  it('[X29] what is no line stops nobody from writing, nor does a line that cannot be sent', async () => {
    const { chat, array, texts } = openChat();
    const anything: unknown[] = [-1, 2 ** 31, null, 'x', { length: -1 }, [[]], new Y.Map(), new Y.Doc()];
    (array as unknown as Y.Array<unknown>).push(anything);
    await chat.send('hi');
    await expect(chat.send('')).rejects.toThrow('Too small');
    await chat.send('again');
    expect(await texts()).toEqual(['me: hi', 'me: again']);
  });
});
