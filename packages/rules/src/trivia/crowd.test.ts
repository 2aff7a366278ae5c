import { type Bytes, sealCommit, sha256, utf8ToBytes } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { deriveSecret, diceCommit, diceOf } from '../dice/secret.ts';
import type { Draft } from '../game.ts';
import { questionsFor } from '../testing/index.ts';
import { trivia, TriviaConfig, type TriviaState, type TriviaView } from './index.ts';
import type { Body } from './intents.ts';

const bytes = (label: string) => sha256(utf8ToBytes(label));
const world = bytes('world');
const secret = bytes('world secret');
const authority = bytes('authority');
const keyOf = (i: number) => bytes(`seat ${i}`);

/** The rules alone, without signatures: entries are handed in as the stepper would. */
function crowd(seats: number) {
  let index = 1;
  let now = 1_000;
  const config = TriviaConfig.parse({ topics: ['a'], questions: 1, seats });
  const genesis = {
    kind: 'genesis',
    v: 1,
    at: now,
    nonce: bytes('n'),
    successors: [],
    host: keyOf(0),
    game: 'trivia',
    version: 1,
  } as const;
  let state: TriviaState = trivia.open({
    world,
    genesis: {
      ...genesis,
      config,
      rules: trivia.rules,
      policy: '',
      authority: { name: 'a', key: authority },
      rand: diceCommit(secret, authority),
    },
  });
  const say = (i: number, body: Body): string | undefined => {
    const intent = { key: keyOf(i), seq: 0, hash: bytes(`intent ${index}`), index, at: now, rtt: 0, body };
    const refusal = trivia.check(state, intent);
    if (!refusal) state = trivia.apply(state, { kind: 'intent', at: now, intent });
    index++;
    return refusal?.code;
  };
  const log = (draft: Draft) => {
    if (draft.kind === 'close') throw new Error('closed');
    state = trivia.apply(state, { ...draft, at: now });
    index++;
  };
  const pay = () => {
    for (const [owed] = trivia.owes(state); owed;) {
      const act = owed.act === 'deal' ? trivia.deal : trivia.unseal;
      const supply = { things: questionsFor('crowd', 1), sealed: [] };
      act(state, owed, deriveSecret(secret, owed.what, owed.index), supply).forEach(log);
      return;
    }
  };
  const wait = (ms: number) => {
    now += ms;
    state = trivia.apply(state, { kind: 'time', at: now });
  };
  return { say, log, pay, wait, state: () => state, index: () => index };
}

const join = (i: number): Body => ({
  kind: 'join',
  name: `n${i}`,
  avatar: i,
  box: bytes('box'),
  rand: diceCommit(bytes(`secret ${i}`), keyOf(i)),
});

/** A match whose only question is open. */
function opened(seats: number) {
  const match = crowd(seats);
  for (let i = 0; i < seats; i++) expect(match.say(i, join(i))).toBeUndefined();
  match.say(0, { kind: 'start' });
  match.pay();
  match.pay();
  for (let i = 0; i < Math.min(seats, 64); i++) {
    expect(match.say(i, { kind: 'share', round: 0, ...diceOf(bytes(`secret ${i}`)) })).toBeUndefined();
  }
  match.pay();
  match.pay();
  expect(match.state().phase).toBe('open');
  return match;
}

const choiceOf = (i: number, options: number) => i % options;
const nonceOf = (i: number) => bytes(`nonce ${i}`);
const sealOf = (i: number, options: number) => ({
  commit: sealCommit({ world, lot: 0, key: keyOf(i), nonce32: nonceOf(i), value: choiceOf(i, options) }),
  enc: new Uint8Array(32),
  ct: new Uint8Array(80),
});

describe('ten thousand seats', () => {
  it('[T42] answer, are opened in parts, ranked, and snapshot', () => {
    const seats = 10_000;
    const match = opened(seats);
    const options = match.state().questions[0]?.order.length ?? 0;
    const entries: number[] = [];
    for (let i = 0; i < seats; i++) {
      entries.push(match.index());
      expect(match.say(i, { kind: 'answer', lot: 0, seal: sealOf(i, options) })).toBeUndefined();
    }
    expect(match.state().phase).toBe('closing');
    const sk: Bytes = deriveSecret(deriveSecret(secret, 'questions'), 'lot', 0);
    for (let from = 0; from < seats; from += 170) {
      const part = entries.slice(from, from + 170);
      const openings = part.map((index, k) => ({
        index,
        nonce: nonceOf(from + k),
        value: choiceOf(from + k, options),
      }));
      match.log({ kind: 'lot', lot: 0, sk, openings, void: [], more: from + 170 < seats });
    }
    match.pay();
    const state = match.state();
    const view = trivia.view(state, { key: keyOf(9_999) }) as TriviaView;
    const right = view.round?.result?.correct[0] ?? -1;
    const hits = Array.from({ length: seats }, (_, i) => choiceOf(i, options) === right).filter(
      Boolean,
    ).length;
    expect(view.round?.result?.histogram[right]).toBe(hits);
    expect(state.seats.filter(({ points }) => points === 1_000)).toHaveLength(hits);
    expect(view.standings.length).toBeLessThanOrEqual(101);
    const encoded = trivia.encode(state);
    expect(trivia.encode(trivia.decode(encoded))).toEqual(encoded);
  });

  it('[T42] the cost of an answer does not grow with them', () => {
    const seal = sealOf(0, 2);
    const matches = [opened(500), opened(5_000)].map((match) => ({ match, rounds: [] as number[] }));
    // In turn: whatever else the machine does meets both.
    for (let round = 0; round < 9; round++)
      for (const { match, rounds } of matches) {
        const begun = process.hrtime.bigint();
        for (let i = 0; i < 50; i++) match.say(50 * round + i, { kind: 'answer', lot: 0, seal });
        rounds.push(Number(process.hrtime.bigint() - begun));
      }
    const [few, many] = matches.map(({ rounds }) => rounds.toSorted((a, b) => a - b)[2] ?? 0);
    expect((many ?? 0) / (few ?? 1)).toBeLessThan(5);
  });
});
