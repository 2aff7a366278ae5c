/** Pictures of questions: `/log/<world>/blob/<sha256>`, served as what their bytes are and as nothing else. */
import { type Bytes, blobPath, concatBytes, utf8ToBytes } from '@fairground/ledger';
import { limits, paths, Problem, worldBytes } from '@fairground/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  attachAuthority,
  type HandAuthority,
  publishRoom,
  startRelay,
  type TestRelay,
  type TestRoom,
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

const webp = concatBytes(utf8ToBytes('RIFF'), new Uint8Array([4, 0, 0, 0]), utf8ToBytes('WEBPVP8 '));
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${relay.http}${paths.log(room.world, path)}`, { headers });
const codeOf = async (response: Response) => Problem.parse(await response.json()).code;
const push = (path: string, bytes: Bytes, by = authority) =>
  by.send({ t: 'log', world: worldBytes(room.world), path, bytes, immutable: true });
/** What was pushed before it has been looked at. */
async function pushed(): Promise<void> {
  push('checkpoint', utf8ToBytes('the last of them'));
  await until(async () => (await get('checkpoint')).status === 200);
}

/** An authority that answers whatever is asked of it with these bytes. */
function answering(bytes: Bytes): void {
  authority.answer = (frame) => {
    if (frame.t === 'get')
      authority.send({ t: 'reply', id: frame.id, status: 200, body: { bytes, immutable: true } });
  };
}

it('[Y150] a picture is asked of the authority once, and served for ever as what its bytes are', async () => {
  answering(webp);
  const first = await get(blobPath(webp));
  expect(new Uint8Array(await first.arrayBuffer())).toEqual(webp);
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'access-control-allow-origin': '*',
  });
  const etag = first.headers.get('etag') ?? '';
  expect((await get(blobPath(webp), { 'if-none-match': etag })).status).toBe(304);
  authority.close();
  expect((await get(blobPath(webp))).status).toBe(200);
  expect(authority.mail.filter((frame) => frame.t === 'get')).toHaveLength(1);
});

it('[Y150] what is no picture is served as bytes that no browser shows, whatever it looks like', async () => {
  const page = utf8ToBytes('<!doctype html><script>alert(1)</script>');
  answering(page);
  const response = await get(blobPath(page));
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

it('[Y151] the bytes have the hash that names them, from an authority too, or there is no such file', async () => {
  const other = concatBytes(webp, new Uint8Array(1));
  push(blobPath(webp), other);
  await pushed();
  answering(other);
  expect(await codeOf(await get(blobPath(webp)))).toBe('log_not_found');
  answering(webp);
  expect((await get(blobPath(webp))).status).toBe(200);
});

it('[Y151] only the authority of its world brings a picture', async () => {
  const stranger = attachAuthority(relay, 1, { seed: new Uint8Array(32).fill(8) });
  push(blobPath(webp), webp, stranger);
  stranger.send({ t: 'bank', topics: [] });
  await until(async () => (await fetch(relay.http + paths.bank())).status === 200);
  authority.answer = (frame) => {
    if (frame.t === 'get')
      authority.send({ t: 'reply', id: frame.id, status: 404, body: { code: 'log_not_found' } });
  };
  expect(await codeOf(await get(blobPath(webp)))).toBe('log_not_found');
});

it('[X54] limit pictureBytes: one that is larger is not kept and not served', async () => {
  const huge = new Uint8Array(limits.pictureBytes.max + 1);
  const most = new Uint8Array(limits.pictureBytes.max);
  huge.set(webp);
  most.set(webp);
  push(blobPath(huge), huge);
  push(blobPath(most), most);
  await pushed();
  answering(huge);
  expect(await codeOf(await get(blobPath(huge)))).toBe('log_not_found');
  expect((await get(blobPath(most))).status).toBe(200);
});

it.each([
  'blob/',
  'blob',
  `blob/${'0'.repeat(63)}`,
  `blob/${'0'.repeat(65)}`,
  `blob/${'G'.repeat(64)}`,
  `blob/${'A'.repeat(64)}`,
  `blob/${'0'.repeat(64)}/`,
  `blob/${'0'.repeat(64)}.webp`,
  `blob/..%2f${'0'.repeat(64)}`,
  `blob/%2e%2e/${'0'.repeat(64)}`,
  `blob//${'0'.repeat(64)}`,
  `./blob/../blob%00/${'0'.repeat(64)}`,
])(
  '[X64] there is one spelling of a picture’s address, no list of pictures, and %s is neither',
  async (path) => {
    answering(webp);
    const response = await fetch(`${relay.http}/log/${room.world}/${path}`);
    expect([400, 404]).toContain(response.status);
    expect(authority.mail.filter((frame) => frame.t === 'get')).toEqual([]);
  },
);

it('[Y152] a picture of a private room needs the room’s capability, and stays out of shared caches', async () => {
  room = await publishRoom(relay, authority, 'private');
  answering(webp);
  expect(await codeOf(await get(blobPath(webp)))).toBe('capability_needed');
  const inside = await get(blobPath(webp), { 'fairground-capability': room.cap ?? '' });
  expect(inside.status).toBe(200);
  expect(inside.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
});
