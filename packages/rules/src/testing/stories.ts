/** The evenings that golden ledgers tell. */
import { diceCommit } from '../dice/secret.ts';
import { nim } from '../nim/index.ts';
import {
  answer,
  createEvening,
  joinBody,
  rightChoice,
  seat,
  sealedAnswer,
  stake,
  type TriviaTable,
  wrongChoice,
} from './evening.ts';
import { type Golden, goldenOf } from './golden.ts';
import { bankOf, rightSaid } from './kinds.ts';
import type { Player } from './player.ts';
import {
  createTable,
  deliver,
  pause,
  playerOf,
  playOut,
  resume,
  send,
  stateOf,
  vouch,
  wait,
  withhold,
} from './table.ts';

/** A whole game of nim, a move out of turn and one too many among it. */
export function nimStory(): Golden {
  const table = createTable({ game: nim, config: { stones: 12 }, seed: 'golden nim' });
  const seats = ['host', 'bob'].map((name) => playerOf(table, name));
  for (const player of seats) {
    send(table, player, 'join', { name: player.name, rand: diceCommit(player.secret, player.key) });
  }
  for (const count of [3, 3, 3, 2, 3, 1]) {
    wait(table, 4_000);
    const { turn = 0 } = stateOf(table);
    const [mover, other] = turn === 0 ? seats : seats.toReversed();
    if (other) send(table, other, 'take', { count: 1 });
    if (mover) send(table, mover, 'take', { count });
  }
  playOut(table);
  return goldenOf('A game of nim with refused moves.', table.loop.entries, 'nim', 1);
}

/** Three players and a late one, five questions: everything that can go wrong once. */
export function triviaStory(): Golden {
  const seed = 'golden trivia';
  const table = createEvening({ seed, config: { title: 'Golden', questions: 5 } });
  const [host, bob, cid] = seat(table, 'host', 'bob', 'cid') as [Player, Player, Player];
  const dan = playerOf(table, 'dan');
  send(table, bob, 'start');
  send(table, bob, 'ready', { ready: true });
  send(table, host, 'configure', { windowMs: 15_000 });
  table.away.add('cid');
  send(table, host, 'start');
  wait(table, 5_000);
  firstQuestion(table, seed, { host, bob, cid, dan });
  secondQuestion(table, seed, { host, bob, cid, dan });
  thirdQuestion(table, seed, { host, bob, cid, dan });
  send(table, bob, 'vote', { question: 1, vote: 'up', note: 'Loved it.' });
  wait(table, 60_000);
  send(table, host, 'close');
  return goldenOf(
    'Trivia: a missing dice share, a late join, a leave, late and vouched answers, void seals, a void question, a pause.',
    table.loop.entries,
    'trivia',
    1,
  );
}

/** Teams, practice, every kind, lightning, a stake, and all that a host may do. */
export function partyStory(): Golden {
  const kinds = ['choice', 'multi', 'text', 'number', 'order', 'poll', 'boolean'] as const;
  const table = createEvening({
    seed: 'golden party',
    supply: bankOf(...kinds),
    config: {
      ...{ title: 'Golden party', questions: 6, kinds, practice: true, lightning: 2, wager: true },
      ...{ teams: 2, waitMs: 5_000, claimMs: 20_000, lateStart: 'lowest', advance: 'host' },
    },
  });
  const [host, bob, cid] = seat(table, 'host', 'bob', 'cid') as [Player, Player, Player];
  const dan = playerOf(table, 'dan');
  send(table, bob, 'team', { team: 1 });
  send(table, cid, 'team', { team: 2 });
  send(table, host, 'lock', { locked: true });
  send(table, dan, 'join', joinBody(dan, 'dan'));
  send(table, host, 'lock', { locked: false });
  send(table, host, 'start');
  for (const [at] of kinds.entries()) {
    wait(table, 1_500);
    if (at === 2) steer(table, { host, bob, cid, dan });
    if (at === 6) stakes(table, { host, bob, cid, dan });
    const said = rightSaid(table);
    answer(table, bob, said, { rtt: 40 });
    answer(table, cid, Array.isArray(said) ? [...said].reverse() : typeof said === 'string' ? 'Zolaa' : 0);
    answer(table, dan, at === 3 ? 9_000 : 'x');
    if (at !== 4) answer(table, host, said);
    wait(table, 30_000);
    send(table, stateOf(table).host === host.key ? host : bob, 'next');
    send(table, host, 'next');
  }
  wait(table, 700_000);
  return goldenOf(
    'Trivia: teams, practice, every kind, lightning, a stake, a pause, a skip, a kick, a claim, a handover, a wait.',
    table.loop.entries,
    'trivia',
    1,
  );
}

function steer(table: TriviaTable, { host, bob, cid, dan }: Cast): void {
  send(table, bob, 'pause');
  send(table, host, 'pause', { why: 'Pizza' });
  wait(table, 60_000);
  answer(table, bob, 'Zola');
  send(table, host, 'resume');
  wait(table, 4_000);
  send(table, host, 'kick', { who: cid.key, forMs: 1_000, why: 'Shouting' });
  send(table, cid, 'join', joinBody(cid, 'cid'));
  wait(table, 1_000);
  send(table, cid, 'join', joinBody(cid, 'cid'));
  send(table, dan, 'join', joinBody(dan, 'dan'));
  table.away.add('host');
  send(table, bob, 'claim');
  send(table, dan, 'claim');
  wait(table, 15_000);
  table.away.delete('host');
  send(table, bob, 'handover', { to: host.key });
  send(table, host, 'handover', { to: bob.key });
  send(table, bob, 'handover', { to: host.key });
  table.away.add('cid');
}

function stakes(table: TriviaTable, { host, bob, cid, dan }: Cast): void {
  stake(table, host, 100);
  stake(table, bob, 200);
  stake(table, cid, 1_000_000);
  const garbled = { commit: new Uint8Array(32), enc: new Uint8Array(32).fill(9), ct: new Uint8Array(80) };
  send(table, dan, 'wager', { lot: 6, seal: garbled });
}

interface Cast {
  readonly host: Player;
  readonly bob: Player;
  readonly cid: Player;
  readonly dan: Player;
}

/** Bob is right, Cid's answer is seen by the others and arrives after the reveal, Dan comes late. */
function firstQuestion(table: TriviaTable, seed: string, { host, bob, cid, dan }: Cast): void {
  wait(table, 1_234);
  answer(table, bob, rightChoice(table, seed), { rtt: 80 });
  const signed = cid.next('answer', sealedAnswer(table, cid, rightChoice(table, seed), 0));
  vouch(table, [host, bob], 0, signed);
  send(table, dan, 'join', joinBody(dan, 'dan'));
  answer(table, dan, 0);
  wait(table, 15_000);
  answer(table, host, 0, { lot: 0 });
  deliver(table, cid, signed);
  send(table, cid, 'vote', { question: 0, vote: 'down' });
  send(table, host, 'next');
}

/** A seal that does not open, an option that does not exist, a second answer, a pause. */
function secondQuestion(table: TriviaTable, seed: string, { host, bob, cid, dan }: Cast): void {
  const garbled = { commit: new Uint8Array(32), enc: new Uint8Array(32).fill(9), ct: new Uint8Array(80) };
  send(table, host, 'answer', { lot: 1, seal: garbled });
  answer(table, bob, 9);
  answer(table, bob, 0);
  wait(table, 2_000);
  pause(table);
  table.loop.now += 90_000;
  resume(table);
  answer(table, cid, wrongChoice(table, seed));
  answer(table, dan, rightChoice(table, seed));
  send(table, bob, 'vote', { question: 1, vote: 'flag', note: 'Typo.' });
  wait(table, 6_000);
}

/** Cid leaves and comes back; then a question is not opened in time; then everybody is right. */
function thirdQuestion(table: TriviaTable, seed: string, { host, bob, cid, dan }: Cast): void {
  const right = () => rightChoice(table, seed);
  send(table, cid, 'leave');
  for (const player of [host, bob, dan]) answer(table, player, right());
  send(table, cid, 'join', joinBody(cid, 'Cid the second'));
  wait(table, 6_000);
  withhold(table, ({ lot }) => lot === 3);
  for (const player of [host, bob, cid, dan]) answer(table, player, right());
  wait(table, 31_000);
  withhold(table, () => false);
  wait(table, 1);
  for (const player of [host, bob, cid, dan]) answer(table, player, right(), { rtt: 30 });
  wait(table, 6_000);
}
