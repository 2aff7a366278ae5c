import { bytesToHex, keyToDid, publicKeyFromSeed } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { didToHex } from '#lib/play/didHex.ts';
import { roomLanguage, topicsFor } from '#lib/play/topicsFor.ts';
import { draftsOf, nameLines } from '#lib/play/trivia/roomWords.ts';
import type { TriviaView } from '#lib/play/trivia/view.ts';
import { digitsOf } from '#lib/ui/digits.ts';
import {
  capFromHash,
  inviteLink,
  isCap,
  isCode,
  isRoomId,
  isWorldId,
  proofPath,
  roomPath,
} from './address.ts';
import { matchTopics } from './matchTopics.ts';

const ROOM = 'a'.repeat(26);
const CAP = 'AbCdEfGhIjKlMnOpQrStUv';
const key = (byte: number) => publicKeyFromSeed(new Uint8Array(32).fill(byte));
const hex = (byte: number) => bytesToHex(key(byte));

describe('[U16] addresses', () => {
  it('keep the capability behind the #', () => {
    const path = roomPath(ROOM, CAP);
    const url = new URL(path, 'https://fair.example');
    expect(url.pathname).toBe(`/r/${ROOM}`);
    expect(url.search).toBe('');
    expect(capFromHash(url.hash)).toBe(CAP);
  });

  it('of a proof can be handed on: the capability is in them, behind the #', () => {
    const url = new URL(proofPath('w'.repeat(52), CAP), 'https://fair.example');
    expect([url.pathname, url.search]).toEqual(['/replay', `?world=${'w'.repeat(52)}`]);
    expect(capFromHash(url.hash)).toBe(CAP);
    expect(proofPath('w', undefined)).toBe('/replay?world=w');
  });

  it('invite by code where there is one, else by link', () => {
    expect(inviteLink('https://x', { room: ROOM, code: '482917', cap: CAP })).toBe('https://x/j/482917');
    expect(inviteLink('https://x', { room: ROOM, code: null, cap: CAP })).toBe(
      `https://x/r/${ROOM}#cap=${CAP}`,
    );
  });
});

describe('[U17] well-formed ids', () => {
  it.each([
    [isRoomId, ROOM, true],
    [isRoomId, ROOM.toUpperCase(), false],
    [isRoomId, `${ROOM}a`, false],
    [isWorldId, 'b'.repeat(52), true],
    [isWorldId, '../healthz', false],
    [isCap, CAP, true],
    [isCap, `${CAP}=`, false],
    [isCode, '012345', true],
    [isCode, '12345', false],
  ])('%o of %s is %s', (check, text, good) => expect(check(text)).toBe(good));

  it('a damaged capability is none', () => expect(capFromHash('#cap=<script>')).toBeUndefined());
});

describe('[U18] a code', () => {
  it.each([
    ['482917', '482917'],
    ['482 917', '482917'],
    ['482-917', '482917'],
    ['4829', '4829'],
    ['4829171', '482917'],
    ['https://10.0.0.7:8080/j/482917', '482917'],
    ['no digits', ''],
  ])('%s gives %s', (typed, digits) => expect(digitsOf(typed)).toBe(digits));
});

describe('[U19] drafts of settings', () => {
  const view = {
    host: hex(1),
    config: { questions: 10, windowMs: 20_000, streak: true },
    standings: [{ id: hex(1), name: 'Velvet Otter' }],
  } as unknown as TriviaView;
  const host = keyToDid(key(1));

  it("show the host's, by name, while they differ", () => {
    const drafts = draftsOf(
      { questions: { value: 15, by: host }, streak: { value: true, by: host } },
      view,
      [],
    );
    expect(drafts).toEqual({ questions: { value: 15, by: 'Velvet Otter' } });
  });

  it("leave out everybody else's, and what is no number or switch", () => {
    const others = {
      questions: { value: 50, by: keyToDid(key(2)) },
      windowMs: { value: { a: 1 }, by: host },
    };
    expect(draftsOf(others, view, [])).toEqual({});
  });
});

describe('[U20] chat lines', () => {
  const view = { standings: [{ id: hex(1), name: 'Velvet Otter', avatar: 7 }] } as unknown as TriviaView;
  const line = (author: string) => ({ id: author, author, text: 'hello', at: 0, mine: false });
  const people = [{ key: keyToDid(key(2)) as never, name: 'Looker', avatar: 9, client: 1, me: false }];

  it('take the name of the seat, of presence, or the end of the key', () => {
    const lines = nameLines(
      [1, 2, 3].map((byte) => line(hex(byte))),
      [],
      view,
      people,
    );
    expect(lines.map(({ name }) => name)).toEqual(['Velvet Otter', 'Looker', `…${hex(3).slice(-6)}`]);
    expect(lines.map(({ avatar }) => avatar).slice(0, 2)).toEqual([7, 9]);
  });

  it('[U95] of a looker-on with a rude name carry a generated one', () => {
    const rude = [{ ...people[0], name: 'Sh1thead' }] as typeof people;
    const [said] = nameLines([line(hex(2))], [], view, rude);
    expect(said?.name).toMatch(/^\w+ \w+/u);
    expect(said?.name).not.toContain('Sh1t');
  });

  it('[U140] carry each mark once, with the names of those who gave it, and mine apart', () => {
    const given = (author: number, mark: 'wow' | 'agree', about = hex(1)) => ({
      ...{ line: about, author: hex(author), mark, mine: author === 3 },
    });
    const [first, second] = nameLines(
      [line(hex(1)), line(hex(2))],
      [given(1, 'wow'), given(2, 'agree'), given(3, 'wow'), given(2, 'wow', 'elsewhere')],
      view,
      people,
    );
    expect(first?.reactions).toEqual([
      { mark: 'agree', names: ['Looker'], mine: false },
      { mark: 'wow', names: ['Velvet Otter'], mine: true },
    ]);
    expect(second?.reactions).toEqual([]);
  });

  it('a key that is none has no hex', () => expect(didToHex('did:web:x')).toBeUndefined());
});

describe('[U22] topics', () => {
  const bank = [
    { topic: 'pop', language: 'en', count: 40 },
    { topic: 'pop', language: 'de', count: 5 },
    { topic: 'food', language: 'en', count: 9 },
    { topic: 'food', language: 'fr', count: 12 },
    { topic: 'empty', language: 'de', count: 0 },
  ];

  it('are in the wanted language, else in the one with most questions', () => {
    expect(topicsFor(bank, 'de')).toEqual([
      { slug: 'food', language: 'fr', count: 12 },
      { slug: 'pop', language: 'de', count: 5 },
    ]);
  });

  it('make a room in the reader’s language where one of them has it, else in that of the first', () => {
    const topics = topicsFor(bank, 'de');
    expect(roomLanguage(topics, ['food', 'pop'], 'de')).toBe('de');
    expect(roomLanguage(topics, ['food'], 'de')).toBe('fr');
    expect(roomLanguage(topics, ['unknown'], 'de')).toBe('en');
    expect(roomLanguage(topics, [], 'de')).toBe('en');
  });

  it('are found by a part of their name, beginnings first', () => {
    const topics = topicsFor(bank, 'en');
    const found = matchTopics(topics, 'o', (slug) => ({ pop: 'Pop culture', food: 'Of food' })[slug] ?? slug);
    expect(found.map(({ before, hit, after }) => `${before}[${hit}]${after}`)).toEqual([
      '[O]f food',
      'P[o]p culture',
    ]);
    expect(matchTopics(topics, 'zzz', (slug) => slug)).toEqual([]);
  });
});
