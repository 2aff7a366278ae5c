import { type SignedPair, encodePair, seedSigner, sha256, signCreate } from '@fairground/ledger';
import { type MailFrame, Problem, type ToAuthority, paths } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type HandAuthority,
  type TestRelay,
  type TestRoom,
  attachAuthority,
  person,
  postIntent,
  publishRoom,
  random,
  signedIntent,
  startRelay,
  until,
} from '../testing/party.ts';

let relay: TestRelay;
let authority: HandAuthority;
let room: TestRoom;

beforeEach(async () => {
  relay = await startRelay();
  authority = attachAuthority(relay);
  room = await publishRoom(relay, authority);
});
afterEach(() => relay.close());

const receipt = [new Uint8Array([1, 2]), new Uint8Array(64)] as const;
const isIntent = (frame: ToAuthority): frame is MailFrame => frame.t === 'mail' && frame.kind === 'intent';
async function codeOf(response: Response): Promise<string> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return Problem.parse(await response.json()).code;
}

describe('creating a world', () => {
  const request = async (change: object = {}): Promise<SignedPair> => {
    const parts = {
      authority: authority.key,
      game: 'nim',
      config: { stones: 21 },
      visibility: 'unlisted' as const,
      room: null,
      nonce: random(16),
      at: Date.now(),
    };
    return signCreate(seedSigner(person().seed), { ...parts, ...change });
  };
  const post = (pair: SignedPair) =>
    fetch(relay.http + paths.worlds(), { method: 'POST', body: new Uint8Array(encodePair(pair)) });

  it('[Y57] is answered by the authority', async () => {
    const world = random(32);
    authority.answer = (frame) => {
      if (frame.t === 'mail' && frame.kind === 'create')
        authority.send({
          t: 'reply',
          id: frame.id,
          status: 200,
          body: { world, room: new Uint8Array(16), cap: new Uint8Array(16), code: '123456' },
        });
    };
    const pair = await request();
    const response = await post(pair);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      room: 'a'.repeat(26),
      cap: 'A'.repeat(22),
      code: '123456',
    });
    expect(authority.mail.at(-1)).toMatchObject({ kind: 'create', payload: pair.bytes, sig: pair.sig });
  });

  it('[Y57] says so when the authority is away, and is not kept', async () => {
    authority.close();
    await until(async () => (await post(await request())).status === 503);
    expect(await relay.store.mailbox.pending()).toEqual([]);
  });

  it('[Y57] needs the host’s signature and a known authority', async () => {
    const { bytes, sig } = await request();
    const response = await post({ bytes, sig: sig.map((byte, i) => (i === 3 ? byte ^ 1 : byte)) });
    expect(await codeOf(response)).toBe('signature_invalid');
    expect(await codeOf(await post(await request({ authority: person().key })))).toBe('authority_unknown');
    expect(authority.mail).toEqual([]);
  });
});

it('[Y58] the head of a key is the authority’s to say, behind the room’s capability', async () => {
  const hidden = await publishRoom(relay, authority, 'unlisted');
  const who = person();
  const hash = sha256(new Uint8Array([1]));
  authority.answer = (frame) => {
    if (frame.t === 'mail' && frame.kind === 'head')
      authority.send({
        t: 'reply',
        id: frame.id,
        status: 200,
        body: { seq: 4, hash, index: 9, proof: 'c2sp.org/tlog-proof@v1\n' },
      });
  };
  const url = relay.http + paths.head(hidden.world, who.did);
  expect(await codeOf(await fetch(url))).toBe('capability_needed');
  const response = await fetch(`${url}&cap=${hidden.cap}`);
  expect(await response.json()).toMatchObject({ seq: 4, index: 9, proof: 'c2sp.org/tlog-proof@v1\n' });
  expect(authority.mail.at(-1)).toMatchObject({ kind: 'head', payload: who.key });
});

describe('links', () => {
  const isOnline = async () => {
    const health = (await (await fetch(`${relay.http}/healthz`)).json()) as { readonly authority: boolean };
    return health.authority;
  };

  it('[Y59] an older start of an authority does not displace a newer one; a newer one does', async () => {
    const newer = attachAuthority(relay, 5);
    let isOldClosed = false;
    authority.port.onClose(() => {
      isOldClosed = true;
    });
    await until(() => isOldClosed);
    const stale = attachAuthority(relay, 4);
    let isStaleClosed = false;
    stale.port.onClose(() => {
      isStaleClosed = true;
    });
    await until(() => isStaleClosed);
    newer.answer = (frame) => {
      if (isIntent(frame))
        newer.send({ t: 'reply', id: frame.id, status: 200, body: { receipt: [...receipt], refused: null } });
    };
    expect((await postIntent(relay, room.world, await signedIntent(person(), room.world))).status).toBe(200);
  });

  it('[Y59] where no start is connected an older number is taken: data folder and clock may both have been set back (seed 10)', async () => {
    let isReplaced = false;
    authority.port.onClose(() => (isReplaced = true));
    const newer = attachAuthority(relay, 9);
    await until(() => isReplaced);
    newer.port.close();
    await until(async () => !(await isOnline()));
    const older = attachAuthority(relay, 3);
    await until(isOnline);
    older.answer = (frame) => {
      if (isIntent(frame))
        older.send({ t: 'reply', id: frame.id, status: 200, body: { receipt: [...receipt], refused: null } });
    };
    expect((await postIntent(relay, room.world, await signedIntent(person(), room.world))).status).toBe(200);
  });

  it('[Y59] a link that ends before its hello is heard has not connected', async () => {
    authority.port.close();
    await until(async () => !(await isOnline()));
    attachAuthority(relay, 2).port.close();
    expect((await postIntent(relay, room.world, await signedIntent(person(), room.world))).status).toBe(202);
    expect(await isOnline()).toBe(false);
  });

  it('[Y19] a publication that cannot be taken does not hold up the link', async () => {
    authority.send(
      { t: 'doc', name: 'directory', update: new Uint8Array([255, 255]) },
      { t: 'bank', topics: [{ topic: 'science', language: 'en', count: 1 }] },
    );
    await until(async () => (await fetch(relay.http + paths.bank())).status === 200);
    expect(await (await fetch(relay.http + paths.bank())).json()).toHaveLength(1);
  });

  it('[Y59] nonsense on a link closes it', async () => {
    let isClosed = false;
    authority.port.onClose(() => {
      isClosed = true;
    });
    authority.port.send(new Uint8Array([0xf6]));
    await until(() => isClosed);
    expect((await postIntent(relay, room.world, await signedIntent(person(), room.world))).status).toBe(202);
  });
});
