/** Trivia at a simulated table: questions, joining, answering. */
import type { Cbor } from '@fairground/ledger';
import { answerBody, lotKeyOf, trivia, type TriviaState } from '../trivia/index.ts';
import { diceCommit } from '../dice/secret.ts';
import type { PlayerBody, Player } from './player.ts';
import { secretOf } from './player.ts';
import type { AuthorityOptions } from './authority.ts';
import {
  type Arrival,
  createTable,
  entriesOf,
  playerOf,
  send,
  stateOf,
  type Table,
  worldOf,
} from './table.ts';

export type TriviaTable = Table<TriviaState>;

export interface EveningOptions {
  readonly seed: string;
  readonly config?: Readonly<Record<string, Cbor>>;
  /** How many questions the bank has. */
  readonly bank?: number;
  /** Another bank altogether. */
  readonly supply?: (request: Cbor) => Cbor;
  readonly onStep?: AuthorityOptions<unknown, TriviaState, { readonly kind: string }>['onStep'];
}

/** A table in its lobby. */
export function createEvening({ seed, config = {}, bank = 50, supply, onStep }: EveningOptions): TriviaTable {
  return createTable({
    game: trivia,
    config: { topics: ['general'], ...config },
    seed,
    supply: supply ?? ((request) => questionsFor(seed, Math.min(bank, countOf(request)))),
    ...(onStep ? { onStep } : {}),
  });
}

/** Questions whose right answer says so to whoever wrote the test, and follows from the seed. */
export function questionsFor(seed: string, count: number): Cbor {
  return Array.from({ length: count }, (_, i) => {
    const [size = 0, place = 0] = secretOf(seed, `question/${i}`);
    const isBoolean = size % 5 === 0;
    const answers = isBoolean ? ['True', 'False'] : optionNames(2 + (size % 5), i);
    return {
      id: `q${i}`,
      topic: 'general',
      kind: isBoolean ? 'boolean' : 'choice',
      text: `Question ${i}?`,
      answers,
      correct: [place % answers.length],
      explanation: i % 2 === 0 ? `Because of ${i}.` : '',
      source: { name: 'Test', licence: 'CC0-1.0' },
      language: 'en',
      quality: 500,
    };
  });
}

export function joinBody({ key, secret }: Player, name: string): PlayerBody {
  const avatar = secretOf(name, 'avatar')[0] ?? 0;
  return { name, avatar, box: secretOf(name, 'box'), rand: diceCommit(secret, key) };
}

/** Seats these players, the first of whom is the host. */
export function seat(table: TriviaTable, ...names: readonly string[]): Player[] {
  return names.map((name) => {
    const player = playerOf(table, name);
    const refused = send(table, player, 'join', joinBody(player, name));
    if (refused !== undefined) throw new Error(`${name}: ${refused}`);
    return player;
  });
}

/** A match that has begun, its seats in order; the first of them is the host. */
export function startEvening(options: EveningOptions, ...names: readonly [string, ...string[]]) {
  const table = createEvening(options);
  const players = seat(table, ...names) as [Player, Player, Player, Player];
  const refused = send(table, playerOf(table, 'host'), 'start');
  if (refused !== undefined) throw new Error(refused);
  return { table, players };
}

export interface AnswerOptions extends Arrival {
  readonly lot?: number;
}

/** Answers with the option as shown; the code of the refusal. */
export function answer(
  table: TriviaTable,
  player: Player,
  choice: Cbor,
  { lot = stateOf(table).current, ...arrival }: AnswerOptions = {},
): string | undefined {
  return send(table, player, 'answer', sealedAnswer(table, player, choice, lot), arrival);
}

export function sealedAnswer(table: TriviaTable, player: Player, choice: Cbor, lot: number): PlayerBody {
  const pk = lotKeyOf(stateOf(table), lot) ?? new Uint8Array(32).fill(9);
  const label = `${player.name}/${lot}/${entriesOf(table).length}`;
  return (header) => {
    const { seal } = answerBody({
      ...{ world: worldOf(table).opening.world, lot, pk, key: player.key, header },
      choice: choice as number,
      kind: stateOf(table).questions[lot]?.ask?.kind ?? 'choice',
      nonce: secretOf(label, 'nonce'),
      ephemeral: secretOf(label, 'ephemeral'),
    });
    return { lot, seal: { ...seal } };
  };
}

/** Stakes so much on the last question. */
export function stake(table: TriviaTable, player: Player, amount: Cbor, arrival: Arrival = {}) {
  const lot = Math.max(0, stateOf(table).current);
  return send(table, player, 'wager', sealedAnswer(table, player, amount, lot), arrival);
}

/** The place, as shown, of the right option of the question that is out; the test knows it, the table does not say. */
export function rightChoice(table: TriviaTable, seed: string, lot = stateOf(table).current): number {
  const question = stateOf(table).questions[lot];
  const supplied = (
    questionsFor(seed, 50) as readonly { text: string; answers: string[]; correct: number[] }[]
  ).find(({ text }) => text === question?.ask?.text);
  const right = supplied?.answers[supplied.correct[0] ?? 0] ?? '';
  const canonical = question?.ask?.answers.indexOf(right) ?? -1;
  return question?.order.indexOf(canonical) ?? -1;
}

/** Some option that is wrong. */
export function wrongChoice(table: TriviaTable, seed: string): number {
  return rightChoice(table, seed) === 0 ? 1 : 0;
}

function countOf(request: Cbor): number {
  return (request as { readonly count: number }).count;
}

function optionNames(count: number, question: number): string[] {
  return ['Ash', 'Birch', 'Cedar', 'Elm', 'Fir', 'Oak'].slice(0, count).map((name) => `${name} ${question}`);
}
