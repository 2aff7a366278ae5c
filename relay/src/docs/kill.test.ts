import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { encodePair, equalBytes, unwrap } from '@fairground/ledger';
import {
  decodeToAuthority,
  encodeFrame,
  formatRoomId,
  formatWorldId,
  paths,
  roomBytes,
  socketLink,
  worldBytes,
} from '@fairground/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { bareSocket, joinedDoc } from '../testing/docClient.ts';
import {
  type Person,
  type TestRelay,
  person,
  random,
  signedIntent,
  startRelay,
  tokenOf,
  until,
} from '../testing/party.ts';

describe('a real relay, killed', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  async function spawnRelay(
    dataDir: string,
    authority: Person,
  ): Promise<TestRelay & { readonly child: ChildProcess }> {
    const main = fileURLToPath(new URL('../main.ts', import.meta.url));
    const env = {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      AUTHORITY_KEYS: authority.did,
    };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      const port = /"port":([0-9]+)/.exec(line)?.[1];
      if (port !== undefined)
        return {
          child,
          port: Number(port),
          http: `http://127.0.0.1:${port}`,
          ws: `ws://127.0.0.1:${port}`,
        } as TestRelay & { child: ChildProcess };
    }
    throw new Error('the relay did not start');
  }

  async function dial(relay: TestRelay, who: Person, epoch: number) {
    const link = socketLink(new WebSocket(`${relay.ws}/mail?token=${await tokenOf(relay, who)}`) as never);
    link.send(encodeFrame({ t: 'hello', name: 'test.local/abc', key: who.key, vkey: 'v', games: [], epoch }));
    return link;
  }

  it(
    '[Y36] with -9 loses nothing that another client has seen, no mail, no session',
    { timeout: 60_000 },
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'fairground-relay-'));
      const authority = person();
      const first = await spawnRelay(dataDir, authority);
      const link = await dial(first, authority, 1);
      const room = formatRoomId(random(16));
      const world = formatWorldId(random(32));
      const common = { room: roomBytes(room), world: worldBytes(world) };
      link.send(
        encodeFrame({
          t: 'room',
          ...common,
          visibility: 'listed',
          cap: null,
          code: null,
          game: 'nim',
          title: '',
        }),
      );
      link.send(encodeFrame({ t: 'world', ...common, origin: 'x' }));
      await until(async () => (await fetch(first.http + paths.room(room))).status === 200);
      const ann = person();
      const token = await tokenOf(first, ann);
      const pair = await signedIntent(ann, world);
      const body = new Uint8Array(encodePair(pair));
      // The world comes after its room.
      await until(
        async () =>
          ((await (await fetch(`${first.http}/log/${world}/nonsense`)).json()) as { code: string }).code ===
          'log_not_found',
      );
      link.close();
      const kept = await fetch(first.http + paths.intents(world), { method: 'POST', body });
      expect(kept.status).toBe(202);
      const writers = await Promise.all(
        [token, token, await tokenOf(first, person())].map((own) =>
          joinedDoc(first, `room:${room}`, { token: own }),
        ),
      );
      const reader = await joinedDoc(first, `room:${room}`);
      const seen = reader.doc.getArray<string>('chat');
      let n = 0;
      while (seen.length < 300) {
        for (const { doc } of writers) doc.getArray('chat').push([`line ${n++}`]);
        await new Promise((resolve) => setImmediate(resolve));
      }
      first.child.kill('SIGKILL');
      await new Promise((resolve) => first.child.once('exit', resolve));
      for (const client of [...writers, reader]) client.provider.disconnect();
      const witnessed = seen.toArray();
      const second = await spawnRelay(dataDir, authority);
      const late = await joinedDoc(second, `room:${room}`, { token });
      const stored = new Set(late.doc.getArray<string>('chat').toArray());
      expect(witnessed.filter((line) => !stored.has(line))).toEqual([]);
      const again = await dial(second, authority, 2);
      const mail = await new Promise<Uint8Array>((resolve) => again.onFrame(resolve));
      const frame = unwrap(decodeToAuthority(mail));
      expect(frame.t === 'mail' && equalBytes(frame.payload, pair.bytes)).toBe(true);
      for (const client of [...writers, reader, late]) client.close();
      again.close();
    },
  );

  it('[Y59] without the authority’s key nobody gets onto /mail', async () => {
    const relay = await startRelay();
    const stranger = await bareSocket(`${relay.ws}/mail?token=${await tokenOf(relay, person())}`);
    expect(await stranger.closed).toEqual({ code: 4403, reason: 'authority_only' });
    const nobody = await bareSocket(`${relay.ws}/mail`);
    expect(await nobody.closed).toEqual({ code: 4401, reason: 'session_needed' });
    await relay.close();
  });
});
