import {
  bytesToBase64,
  bytesToBase64url,
  type Bytes,
  bytesToHex,
  encodeCbor,
  utf8ToBytes,
} from '@fairground/ledger';
import { AuthorityReply, worldBytes } from '@fairground/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decryptedSeals, derivedKeys, derivedNonces, guessedSeals, provenValues } from './attack.ts';
import { candidatesIn } from './candidates.ts';
import { type QuestionFacts, questionFacts } from './facts.ts';
import { type OpenHouse, openHouse } from './house.ts';
import { playWatched, QUESTIONS, type Watched } from './match.ts';
import { asBuffer, type Reading, readingsBefore } from './notebook.ts';
import { holds, isSpelled } from './search.ts';
import { askSegment } from './spy.ts';

const numbers = Array.from({ length: QUESTIONS }, (_, index) => index);
let house: OpenHouse;
let watched: Watched;
let questions: readonly QuestionFacts[];

beforeAll(async () => {
  house = await openHouse();
  watched = await playWatched(house.url);
  const { joined, entries, decoded } = watched;
  questions = numbers.map((index) => questionFacts(worldBytes(joined.world), entries, decoded, index));
});
afterAll(async () => {
  watched?.spy.close();
  await house?.close();
});

function question(index: number): QuestionFacts {
  const facts = questions[index];
  if (!facts) throw new Error(`there is no question ${index}`);
  return facts;
}

const readings = () => watched.spy.notebook.readings;
/** Up to the moment before the right answer could be read. */
const beforeReveal = (index: number) => readingsBefore(readings(), question(index).revealing);
/** Up to the moment before the sealed answers were opened. */
const beforeOpening = (index: number) => readingsBefore(readings(), question(index).opening);
/** One more line in the book: what a careless server might have said. */
const planted = (bytes: Bytes): Reading => ({ from: 'planted', status: 200, bytes });

describe('what the spy reads', () => {
  it('[X1] is everything: each document, each path of the log, each head, each own reply', () => {
    const { joined } = watched;
    const world = joined.world;
    const answered = readings()
      .filter(({ status }) => status === 0 || status === 200)
      .map(({ from }) => from);
    const sources = [
      ...['directory', `tail:${world}`, `view:${world}`, `room:${joined.room}`].map((n) => `ws /docs/${n}`),
      ...['checkpoint', 'world.json', 'bundle.fair', 'snapshot/', 'tile/0/000.p/', 'tile/entries/000.p/'].map(
        (path) => `GET /log/${world}/${path}`,
      ),
      ...['authority', 'bank', 'healthz', 'metrics', `rooms/${joined.room}`].map((path) => `GET /${path}`),
      `GET /worlds/${world}/head?key=`,
      `POST /worlds/${world}/intents`,
    ];
    expect(sources.filter((source) => !answered.some((from) => from.startsWith(source)))).toEqual([]);
    expect(holds(readings(), utf8ToBytes('Good luck, everybody!'))).toBe(true);
  });

  it.each(numbers)(
    '[X1] has the question and all sealed answers of question %i before it is opened',
    (index) => {
      const { lot } = question(index);
      const before = beforeOpening(index);
      const others = lot.sealed.filter(({ key }) => !Buffer.from(key).equals(watched.spy.identity.key));
      expect(others).toHaveLength(2);
      for (const path of ['ws /docs/tail:', 'GET /log/'])
        for (const { seal } of others)
          expect(
            holds(
              before.filter(({ from }) => from.startsWith(path)),
              seal.ct,
            ),
          ).toBe(true);
      expect(lot.sealed).toHaveLength(index % 2 === 0 ? 3 : 2);
    },
  );

  it('[X1] has the sealed segment once the match is over', async () => {
    const { joined, spy } = watched;
    const before = readings().length;
    const { origin } = AuthorityReply.parse(await (await fetch(new URL('/authority', house.url))).json());
    const socket = askSegment(house.url, spy.ports, origin + joined.world);
    const [entry] = watched.entries;
    await spy.notebook.until(
      ({ from, bytes }) => from === 'ws /repo' && asBuffer(bytes).includes(entry ?? 'none'),
    );
    socket.close();
    expect(
      readings()
        .slice(0, before)
        .some(({ from }) => from === 'ws /repo'),
    ).toBe(false);
  });
});

describe.each(numbers)('question %i before its reveal', (index) => {
  it('[X2][T28] is nowhere answered in what was read, in any spelling', () => {
    const { answer, nonce } = question(index);
    const before = beforeReveal(index);
    const needles = [
      ...[nonce, encodeCbor(answer), utf8ToBytes(answer.id), utf8ToBytes(answer.explanation)],
    ].filter((needle) => needle.length > 3);
    expect(needles.length).toBeGreaterThanOrEqual(3);
    expect(needles.filter((needle) => isSpelled(before, needle))).toEqual([]);
    expect(needles.filter((needle) => isSpelled(readings(), needle))).toEqual(needles);
    // Of the first question not even the name of the field: CBOR's text(7) "correct".
    if (index === 0) expect(holds(before, utf8ToBytes('gcorrect'))).toBe(false);
    expect(holds(readings(), utf8ToBytes('gcorrect'))).toBe(true);
  });

  it('[X3][T28] cannot be worked out from any 32 bytes that were read, knowing all but which answer is right', () => {
    const { puzzle } = question(index);
    const candidates = candidatesIn(beforeReveal(index));
    expect(candidates.length).toBeGreaterThan(1_000);
    expect(provenValues(puzzle, candidates)).toEqual([]);
    expect(provenValues(puzzle, derivedNonces(puzzle, candidates))).toEqual([]);
  });

  it('[X4] gives away none of its sealed answers', () => {
    const { lot, sk } = question(index);
    const candidates = candidatesIn(beforeOpening(index));
    expect(candidates.some((candidate) => Buffer.from(candidate).equals(sk))).toBe(false);
    expect(guessedSeals(lot, candidates)).toEqual([]);
    expect(decryptedSeals(lot, candidates)).toEqual([]);
    // Deriving from each costs a multiplication; one question stands for all.
    if (index === 0) expect(decryptedSeals(lot, derivedKeys(lot, candidates))).toEqual([]);
  });

  it('[X4] has sealed answers of one length', () => {
    const { lot } = question(index);
    expect(
      new Set(lot.sealed.map(({ seal }) => `${seal.commit.length} ${seal.enc.length} ${seal.ct.length}`))
        .size,
    ).toBe(1);
  });
});

describe('the spy is able', () => {
  it.each([
    ['raw', (nonce: Bytes) => nonce],
    ['in the middle of other bytes', (nonce: Bytes) => Buffer.concat([Buffer.from([1, 2, 3]), nonce, nonce])],
    ['as base64url in JSON', (nonce: Bytes) => utf8ToBytes(`{"n":"${bytesToBase64url(nonce)}"}`)],
    ['as base64 in a note', (nonce: Bytes) => utf8ToBytes(`— x ${bytesToBase64(nonce)}\n`)],
    ['as hex', (nonce: Bytes) => utf8ToBytes(`nonce=${bytesToHex(nonce)}`)],
  ])('[X5] to find the right answer by a nonce that leaks %s', (_name, leak) => {
    const { puzzle, nonce, answer } = question(1);
    const candidates = candidatesIn([...beforeReveal(1), planted(leak(nonce))]);
    expect(provenValues(puzzle, candidates)).toEqual([answer]);
  });

  it('[X5] to find everything by the one secret that all others are derived from', () => {
    const { puzzle, answer, lot } = question(0);
    const secret = house.stealSecret(puzzle.world);
    const candidates = candidatesIn([...beforeOpening(0), planted(secret)]);
    expect(provenValues(puzzle, candidates)).toEqual([]);
    expect(provenValues(puzzle, derivedNonces(puzzle, candidates))).toEqual([answer]);
    expect(decryptedSeals(lot, derivedKeys(lot, [secret]))).toHaveLength(lot.sealed.length);
  });

  it.each(numbers)('[X5] to read question %i from what is revealed', (index) => {
    const { puzzle, answer, lot } = question(index);
    const all = candidatesIn(readings());
    expect(provenValues(puzzle, all)).toEqual([answer]);
    expect(guessedSeals(lot, all)).toHaveLength(lot.sealed.length);
  });

  it('[X5] to open every sealed answer by a lot key that leaks', () => {
    const { lot, sk } = question(2);
    const leaked = candidatesIn([planted(sk)]);
    const opened = decryptedSeals(lot, leaked);
    expect(opened).toHaveLength(3);
    expect(opened).toEqual(guessedSeals(lot, candidatesIn(readings())));
  });

  it('[X5] to notice an explanation that leaks', () => {
    const { answer } = question(0);
    const leak = planted(utf8ToBytes(JSON.stringify({ hint: answer.explanation })));
    expect(answer.explanation.length).toBeGreaterThan(10);
    expect(isSpelled([...beforeReveal(0), leak], utf8ToBytes(answer.explanation))).toBe(true);
  });
});
