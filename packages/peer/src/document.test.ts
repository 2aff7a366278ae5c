import { closeFor, type ProblemCode } from '@fairground/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDocument } from './document.ts';
import { createTestClock } from './testClock.fixture.ts';

/** The relay's end of a document's socket, moved by the test. */
class HandSocket {
  static readonly all: HandSocket[] = [];
  readonly url: string;
  binaryType = '';
  onopen = () => {};
  onmessage = (_: { data: ArrayBuffer }) => {};
  onclose = (_: { code: number; reason: string }) => {};
  onerror = () => {};
  constructor(url: string) {
    this.url = url;
    HandSocket.all.push(this);
  }
  send(): void {}
  close(): void {}
  sync(): void {
    this.onopen();
    this.onmessage({ data: new Uint8Array([0, 1, 2, 0, 0]).buffer }); // y-protocols sync step 2: nothing new
  }
  refuse(code: ProblemCode): void {
    this.onopen();
    this.onclose(closeFor(code));
  }
}

function open(clock = createTestClock()) {
  const asked: boolean[] = [];
  const document = openDocument(
    {
      docsUrl: 'ws://relay.test/docs',
      WebSocket: HandSocket as unknown as typeof WebSocket,
      clock,
      token: async (fresh) => {
        asked.push(fresh);
        return `token-${asked.filter(Boolean).length}`;
      },
    },
    'room:a',
    undefined,
  );
  return { document, asked };
}

/** The n-th socket that was dialled, counted from 1. */
const dialled = async (n: number): Promise<HandSocket> => {
  await vi.waitFor(() => expect(HandSocket.all.length).toBeGreaterThanOrEqual(n), { timeout: 60_000 });
  const socket = HandSocket.all[n - 1];
  if (!socket) throw new Error('no socket');
  return socket;
};

afterEach(() => void HandSocket.all.splice(0));

describe('a document', () => {
  it.each(['session_invalid', 'session_needed', 'client_ids'] as const)(
    '[D18] opens a fresh session when the relay says %s, and is online again',
    async (code) => {
      const { document, asked } = open();
      (await dialled(1)).refuse(code);
      const second = await dialled(2);
      expect(second.url).toContain('token=token-1');
      second.sync();
      expect([document.status.value, asked]).toEqual(['online', [false, true]]);
      document.close();
    },
  );

  it('[D28] dials again when nothing comes of an attempt, and not when it was slow', async () => {
    const clock = createTestClock();
    const { document } = open(clock);
    await dialled(1);
    await clock.advance(9_999);
    expect(HandSocket.all).toHaveLength(1);
    await clock.advance(1);
    (await dialled(2)).sync();
    expect(document.status.value).toBe('online');
    await clock.advance(60_000);
    expect(HandSocket.all).toHaveLength(2);
    document.close();
    expect(clock.timers).toBe(0);
  });

  it('[D18] gives up with the code when the fresh session does not help', async () => {
    const { document, asked } = open();
    (await dialled(1)).refuse('session_invalid');
    (await dialled(2)).refuse('session_invalid');
    expect([document.status.value, document.refusedWith, asked]).toEqual([
      'refused',
      'session_invalid',
      [false, true],
    ]);
    document.close();
  });

  it('[D18] takes one fresh session for its client ids, even if the relay let it in between', async () => {
    const { document } = open();
    (await dialled(1)).refuse('client_ids');
    const second = await dialled(2);
    second.sync();
    second.refuse('client_ids');
    expect([document.status.value, document.refusedWith]).toEqual(['refused', 'client_ids']);
    document.close();
  });

  it('[D18] opens a session as often as it expires', async () => {
    const { document, asked } = open();
    for (const n of [1, 2, 3]) {
      const socket = await dialled(n);
      socket.sync();
      socket.refuse('session_invalid');
    }
    (await dialled(4)).sync();
    expect([document.status.value, asked]).toEqual(['online', [false, true, true, true]]);
    document.close();
  });

  it.each(['rate_limited', 'slow_reader', 'connections_exceeded', 'awareness_clock'] as const)(
    '[D19] connects again after %s, which passes',
    async (code) => {
      const { document, asked } = open();
      (await dialled(1)).refuse(code);
      expect(document.status.value).toBe('offline');
      (await dialled(2)).sync();
      expect([document.status.value, asked]).toEqual(['online', [false]]);
      document.close();
    },
  );

  it.each(['capability_needed', 'document_unknown', 'not_writer'] as const)(
    '[D19] stays away after %s, and says so',
    async (code) => {
      const { document } = open();
      (await dialled(1)).refuse(code);
      expect([document.status.value, document.refusedWith]).toEqual(['refused', code]);
      document.close();
    },
  );
});
