import { problems } from '@fairground/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import de from '../../messages/de.json' with { type: 'json' };
import en from '../../messages/en.json' with { type: 'json' };
import { isHeavy, isPage } from '../../service-worker/addresses.ts';
import { failureWords } from './replay/failureWords.ts';
import { refusalWords } from './refusals.ts';
import { gapAhead } from './trivia/boardRows.ts';
import { myLock } from './trivia/lock.ts';
import { fasterThan, headline, longestRun } from './trivia/summary.ts';
import { worthNow } from './trivia/worth.ts';
import type { SeatSummary, Standing, TriviaView } from './trivia/view.ts';

const scoring = { windowMs: 20_000, maxPoints: 1000, minPoints: 500 };

describe('[U3] what an answer is worth now', () => {
  it.each([
    [20_000, 1000],
    [12_000, 800],
    [0, 500],
    [99_999, 1000],
    [-5, 500],
  ])('with %i ms left: %i', (left, points) => expect(worthNow(scoring, left)).toBe(points));

  it('never leaves its bounds', () => {
    fc.assert(
      fc.property(fc.integer(), (left) => {
        const worth = worthNow(scoring, left);
        expect(worth >= 500 && worth <= 1000).toBe(true);
      }),
    );
  });
});

describe('[U7] the overlay of my answer', () => {
  const record = (
    lot: number,
    value: number,
    state: 'stored' | 'received' | 'counted' | 'refused' | 'failed',
  ) => ({
    plan: { kind: 'answer', body: {}, seal: { lot, value, size: 64, pk: new Uint8Array(32) } },
    state,
    storedAt: 5,
  });

  it.each([
    ['stored', 'held'],
    ['received', 'kept'],
    ['counted', 'counted'],
    ['refused', 'refused'],
    ['failed', 'failed'],
  ] as const)('%s shows as %s', (state, stage) => {
    expect(myLock([record(3, 2, state)], 3)).toEqual({ choice: 2, said: 2, stage, storedAt: 5 });
  });

  it('of a device that could not keep it shows as that, until the relay has it', () => {
    const unkept = (state: 'stored' | 'received') =>
      myLock([{ ...record(3, 2, state), unkept: true }], 3)?.stage;
    expect([unkept('stored'), unkept('received')]).toEqual(['unkept', 'kept']);
  });

  it('is the newest of that question, and none for another', () => {
    const records = [record(3, 0, 'failed'), record(3, 1, 'stored'), record(4, 2, 'stored')];
    expect(myLock(records, 3)?.choice).toBe(1);
    expect(myLock(records, 5)).toBeUndefined();
  });

  it('carries entry and code of a refusal', () => {
    expect(myLock([{ ...record(1, 1, 'refused'), code: 'too_late', index: 219 }], 1)).toMatchObject({
      code: 'too_late',
      index: 219,
    });
  });
});

describe('[U8] refusals', () => {
  it('are sentences', () => expect(refusalWords('too_late').text).toMatch(/scores nothing\.$/u));
  it('show a code that has no sentence', () => expect(refusalWords('made_up').text).toContain('made_up'));
  it('are not fooled by names of built-in properties', () =>
    expect(refusalWords('constructor').text).toContain('constructor'));
  it.each([...problems.keys()])('have a sentence for %s', (code) =>
    expect(refusalWords(code).text).not.toContain(code),
  );
  it.each('not_seated already_joined wrong_round not_revealed not_now not_over too_few_stones'.split(' '))(
    'have a sentence for the rules’ %s',
    (code) => expect(refusalWords(code).text).not.toContain(code),
  );
});

describe('[U11] who is ahead', () => {
  const seat = (id: string, points: number) => ({ id, name: id, points }) as Standing;
  const seats = [seat('a', 900), seat('b', 700), seat('c', 700), seat('d', 100)];

  it('is the nearest one above, not a tie', () =>
    expect(gapAhead(seats, 'c')).toEqual({ name: 'a', points: 200 }));
  it('is nobody for the leader', () => expect(gapAhead(seats, 'a')).toBeUndefined());
  it('is nobody without a seat', () => expect(gapAhead(seats, undefined)).toBeUndefined());
});

describe('[U12] the summary', () => {
  const seat = (id: string, meanMs: number | null) => ({ id, meanMs }) as SeatSummary;

  it('rounds "faster than" down', () => {
    const mine = seat('me', 4000);
    expect(fasterThan(mine, [mine, seat('a', 3000), seat('b', 5000), seat('c', 6000)])).toBe(66);
  });
  it('counts only others with a time', () => {
    const mine = seat('me', 4000);
    expect(fasterThan(mine, [mine, seat('a', null), seat('b', 5000)])).toBe(100);
    expect(fasterThan(mine, [mine, seat('a', null)])).toBeUndefined();
    expect(fasterThan(seat('me', null), [seat('b', 5000)])).toBeUndefined();
  });
  it('does not say that somebody was faster than nobody', () => {
    const mine = seat('me', 4000);
    expect(fasterThan(mine, [mine, seat('a', 3000), seat('b', 2000)])).toBeUndefined();
  });
  it('finds the longest run', () =>
    expect(longestRun(['hit', 'hit', 'miss', 'hit', 'hit', 'hit', 'none'])).toBe(3));
  it('says the place in words', () => {
    const view = (rank: number) =>
      ({
        me: 'me',
        standings: [
          { id: 'me', rank, name: 'me' },
          ...Array.from({ length: 21 }, () => ({ id: 'x', rank: 1, name: 'x' })),
        ],
      }) as unknown as TriviaView;
    expect(headline(view(22))).toBe('22nd of 22.');
    expect(headline(view(3))).toBe('Third. On the podium.');
  });
});

describe('[U14] a failed check', () => {
  const codes = [
    'rules_unknown',
    'note_unsigned',
    'leaf_mismatch',
    'anchor_mismatch',
    'reveal_mismatch',
    'intent_signature',
    'state_mismatch',
    'source_unreadable',
    'rules_fault',
  ];
  it('has a sentence for each kind', () => expect(new Set(codes.map(failureWords)).size).toBe(codes.length));
});

describe('[U27] messages', () => {
  const inputs = (message: unknown): readonly string[] => {
    const text = JSON.stringify(message);
    return [...new Set([...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name ?? ''))].sort();
  };
  const names = (language: object) => Object.keys(language).sort();

  it('exist in both languages', () => expect(names(de)).toEqual(names(en)));
  it('say something', () =>
    expect(Object.values({ ...en, ...de }).filter((text) => text === '')).toEqual([]));
  it.each(names(en))('%s takes the same inputs', (name) => {
    expect(inputs(de[name as 'join'])).toEqual(inputs(en[name as 'join']));
  });
});

describe('[U30] the shell', () => {
  it.each([
    '/session/challenge',
    '/docs/directory',
    '/repo',
    '/worlds/x/intents',
    '/log/x/checkpoint',
    '/rooms/x',
    '/codes/1',
    '/bank',
    '/authority',
    '/healthz',
    '/metrics',
  ])('leaves %s to the relay', (path) => expect(isPage(path)).toBe(false));
  it.each(['/', '/r/abc', '/w/abc', '/j/482917', '/create', '/replay', '/logbook'])('answers %s', (path) =>
    expect(isPage(path)).toBe(true),
  );
  it('does not fetch WebAssembly ahead', () => expect(isHeavy('/_app/immutable/automerge.wasm')).toBe(true));
});
