/** What crosses a wire: link frames, batches, chat, HTTP bodies, document frames, updates, repo messages, tokens. */
import { type Bytes, bytesToBase64url, encodeCbor, makeView, type Signer } from '@fairground/ledger';
import {
  ChallengeReply,
  CodeReply,
  decodePicture,
  decodeTailBatch,
  decodeToAuthority,
  decodeToRelay,
  encodeFrame,
  encodePicture,
  encodeTailBatch,
  formatDid,
  HeadReply,
  IntentReply,
  openChatLine,
  Presence,
  Problem,
  SessionRequest,
  signChatLine,
  type ToAuthority,
  type ToRelay,
} from '@fairground/protocol';
import {
  awarenessFrame,
  checkUpdate,
  createSessions,
  readFrame,
  readRepoMessage,
  step1Frame,
  updateFrame,
} from '@fairground/relay/testing';
import * as Y from 'yjs';
import { cborInputs } from '../inputs/cborInputs.ts';
import { jsonInputs } from '../inputs/jsonInputs.ts';
import { partsInputs } from '../inputs/partsInputs.ts';
import { textInputs } from '../inputs/textInputs.ts';
import { updateInputs } from '../inputs/updateInputs.ts';
import { claim, claimSame, type Target, textOf } from '../target.ts';
import { bytes16, bytes32, checkpoint, entrySeeds, key, sig, signer } from './seeds.ts';

const toAuthority: readonly ToAuthority[] = [
  {
    t: 'mail',
    id: 1,
    kind: 'intent',
    world: bytes32,
    payload: bytes32,
    sig,
    via: 'relay',
    rtt: 4,
    seen: [bytes32, sig],
  },
  { t: 'mail', id: 2, kind: 'head', payload: key, via: 'peer' },
  { t: 'get', id: 3, world: bytes32, path: 'tile/0/000' },
  { t: 'given', id: 4, bytes: null },
  { t: 'watched', world: bytes32, watched: true },
];
const toRelay: readonly ToRelay[] = [
  {
    t: 'hello',
    name: 'fair.example/a',
    key,
    vkey: 'x',
    games: [{ name: 'nim', version: 1, rules: bytes32 }],
    epoch: 5,
  },
  { t: 'reply', id: 1, status: 200, body: { receipt: [bytes32, sig], refused: null } },
  {
    t: 'room',
    room: bytes16,
    visibility: 'unlisted',
    cap: bytes16,
    code: '123456',
    world: bytes32,
    game: 'nim',
    title: 'T',
  },
  { t: 'world', world: bytes32, room: bytes16, origin: 'a/b' },
  { t: 'doc', name: 'directory', update: bytes16 },
  { t: 'doc.reset', name: 'directory', update: bytes16 },
  { t: 'log', world: bytes32, path: 'checkpoint', bytes: checkpoint, immutable: false },
  { t: 'segment', world: bytes32, n: 0, docId: 'abc', bytes: bytes16 },
  { t: 'bank', topics: [{ topic: 'general', language: 'en', count: 5 }] },
  { t: 'want', id: 9, world: bytes32, path: 'tail' },
  {
    t: 'stats',
    reasons: ['no'],
    values: [{ name: 'a_b', kind: 'gauge', help: 'h', labels: { world: 'x' }, value: 5 }],
  },
];
const chat = await signChatLine(signer satisfies Signer, {
  room: bytes16,
  epoch: 0,
  seq: 0,
  prev: bytes32,
  text: 'hello',
  at: 5,
});
const picture = encodePicture({
  ...{ genesis: entrySeeds[0] ?? bytes32, checkpoint },
  ...{ view: [makeView({ world: bytes32, size: 3, root: bytes32, hash: bytes32 }), sig], drawn: bytes16 },
});
const batch = encodeTailBatch({ first: 7, entries: [...entrySeeds.slice(2, 5)], checkpoint });

const clock = { now: () => 1_750_000_000_000, setTimer: () => () => {} };
const sessions = createSessions({ clock, random: (length) => new Uint8Array(length), secret: bytes32 });
const token = `${bytesToBase64url(encodeCbor([key, 1, bytes16]))}.${bytesToBase64url(bytes32)}`;

const presence = [
  { client: 5, clock: 1, state: '{"key":"x","hover":[1,2]}' },
  { client: 2 ** 31, clock: 0, state: 'null' },
];
const frames = [
  step1Frame(new Uint8Array([0])),
  updateFrame(bytes16),
  awarenessFrame(presence),
  new Uint8Array([3]),
];
const replies = [
  { challenge: bytesToBase64url(bytes32), expires: 5 },
  { key: formatDid(key), challenge: bytesToBase64url(bytes32), signature: bytesToBase64url(sig) },
  { receipt: { bytes: '', sig: '' }, seen: { bytes: '', sig: '' }, refused: { code: 'a', detail: 'b' } },
  { seq: 1, hash: bytesToBase64url(bytes32), index: 5, proof: '' },
  { type: 'about:blank', title: 'No', status: 400, code: 'no', detail: 'No', retryAfter: 3 },
  { key: formatDid(key), name: 'Ada', avatar: 3, ready: true, head: { world: 'a', size: 3, root: '' } },
];
const written = Y.encodeStateAsUpdate(writtenRoom());
const room = roomDocument();
const schemas = [ChallengeReply, SessionRequest, IntentReply, HeadReply, CodeReply, Problem, Presence];

export const wireTargets: readonly Target[] = [
  link('link-to-authority', toAuthority, decodeToAuthority),
  link('link-to-relay', toRelay, decodeToRelay),
  {
    name: 'tail-batch',
    about: 'batches of a tail',
    inputs: cborInputs([batch]),
    check(input) {
      const read = decodeTailBatch(input);
      if (read.ok) claimSame(encodeTailBatch(read.value), input);
      return read.ok;
    },
  },
  {
    name: 'picture',
    about: 'pictures of a view document',
    inputs: cborInputs([picture]),
    check(input) {
      const read = decodePicture(input);
      if (read.ok) claimSame(encodePicture(read.value), input);
      return read.ok;
    },
  },
  {
    name: 'chat-line',
    about: 'lines of a chat, verified: mutants have no author',
    inputs: cborInputs([chat]),
    async check(input) {
      const opened = await openChatLine(input);
      if (opened.ok) claimSame(chat, input);
      return opened.ok;
    },
  },
  {
    name: 'http-json',
    about: 'JSON bodies and replies, and presence',
    inputs: jsonInputs(replies),
    check(input) {
      let json: unknown;
      try {
        json = JSON.parse(textOf(input));
      } catch {
        return false;
      }
      return schemas[input.length % schemas.length]?.safeParse(json).success ?? false;
    },
  },
  {
    name: 'token',
    about: 'session tokens: none is right that was not issued',
    inputs: textInputs([token, `${token}.x`], ['.'], /([.])/),
    check(input) {
      claim(!sessions.read(textOf(input)).ok, 'a forged token was accepted');
      return false;
    },
  },
  {
    name: 'doc-frame',
    about: 'y-websocket frames',
    inputs: partsInputs(frames, (random) =>
      awarenessFrame(
        Array.from({ length: random.below(4) }, () => ({
          client: random.u32(),
          clock: random.below(3_000),
          state: random.pick(['{}', 'null', '{', '[]', '"\\ud800"']),
        })),
      ),
    ),
    check(input) {
      const frame = readFrame(input);
      if (frame?.kind === 'awareness') {
        const again = readFrame(awarenessFrame(frame.entries));
        claim(JSON.stringify(again) === JSON.stringify(frame), 'presence is not read as it was written');
      }
      return frame !== undefined;
    },
  },
  {
    name: 'doc-update',
    about:
      'Yjs updates to a room: what passes the check can be applied, leaves nothing pending, and can be read again',
    inputs: updateInputs(roomDocument),
    check(input) {
      const checked = checkUpdate(room, input, {
        key: 'me',
        owner: (client) => (client === 1 ? 'other' : client === 2 ? 'me' : undefined),
      });
      // What adds nothing is not applied.
      if (!checked.ok || !checked.value.adds) return false;
      const doc = roomDocument();
      Y.applyUpdate(doc, input);
      claim(doc.store.pendingStructs === null && doc.store.pendingDs === null, 'something is left pending');
      const copy = new Y.Doc({ guid: 'copy' });
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
      claim(shown(copy) === shown(doc), 'two readers see two rooms');
      claim(doc.getArray('chat').length >= 2, 'what others wrote is gone');
      doc.clientID = 1;
      doc.getMap('settings').set('questions', 6);
      doc.getArray('chat').push(['next']);
      claim(doc.getArray('chat').length >= 3, 'nobody can go on');
      return true;
    },
  },
  {
    name: 'repo-message',
    about: 'messages of automerge-repo',
    inputs: cborInputs(
      [
        { type: 'join', senderId: 'peer-1', peerMetadata: {}, supportedProtocolVersions: ['1'] },
        {
          type: 'sync',
          senderId: 'peer-1',
          targetId: 'relay',
          documentId: '4NMNnkMhL8jXrdJ9jamS58PAVdXu',
          data: bytes16,
        },
        { type: 'leave', senderId: 'peer-1' },
      ].map((message) => encodeCbor(message as Parameters<typeof encodeCbor>[0])),
    ),
    check: (input) => readRepoMessage(input) !== undefined,
  },
];

function link<Frame extends ToAuthority | ToRelay>(
  name: string,
  seeds: readonly Frame[],
  decode: (bytes: Bytes) => { readonly ok: true; readonly value: Frame } | { readonly ok: false },
): Target {
  return {
    name,
    about: 'frames between relay and authority',
    inputs: cborInputs(seeds.map(encodeFrame)),
    check(input) {
      const frame = decode(input);
      if (frame.ok) claimSame(encodeFrame(frame.value), input);
      return frame.ok;
    },
  };
}

function shown(doc: Y.Doc): string {
  const settings = Object.entries(doc.getMap('settings').toJSON() as object).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return JSON.stringify([settings, doc.getArray('chat').toJSON()]);
}

/** The room as it stands, anew for each update that is tried; without a name of its own, which costs more than all that is in it. */
function roomDocument(): Y.Doc {
  const doc = new Y.Doc({ guid: 'room' });
  Y.applyUpdate(doc, written);
  doc.clientID = 2;
  return doc;
}

/** What two people have written: 1 is somebody else, 2 is the one who sends. */
function writtenRoom(): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.getArray('chat').push([new Uint8Array([1]), 'line']);
  doc.getMap('settings').set('questions', { value: 5, by: 'x' });
  doc.getMap('meta').set('world', 'w');
  doc.clientID = 2;
  doc.getMap('settings').set('windowMs', { value: [1, { a: null }], by: 'y' });
  return doc;
}
