/** What devices do in a match of the built-in games: join, show their shares, answer, take stones. */
import { type Bytes, type Cbor, ok } from '@fairground/ledger';
import {
  type NimState,
  type TriviaState,
  answerBody,
  diceCommit,
  gameFor,
  lotKeyOf,
} from '@fairground/rules';
import type { Supplier } from '../ports.ts';
import { type Device, type SignedMail, labelled } from './device.ts';
import type { Table } from './party.ts';
import type { Reply } from './relayEnd.ts';

/** Questions whose right answer is `right <n>`. */
export function testQuestions(count: number): Cbor {
  return Array.from({ length: count }, (_, i) => ({
    id: `q${i}`,
    topic: 'general',
    kind: 'choice',
    text: `Question ${i}?`,
    answers: [`right ${i}`, `wrong ${i}`, `odd ${i}`],
    correct: [0],
    explanation: '',
    source: { name: 'Test', licence: 'CC0-1.0' },
  }));
}

export const testSupplier: Supplier = {
  supply: async ({ request }) => ok(testQuestions((request as { readonly count: number }).count)),
};

export function joinBody(device: Device, world: Bytes, game: 'nim' | 'trivia'): object {
  const rand = diceCommit(device.secretOf(world), device.key);
  const name = device.name;
  return game === 'nim' ? { name, rand } : { name, rand, avatar: 1, box: labelled('box', name) };
}

export async function joinAll(
  party: Table,
  world: Bytes,
  game: 'nim' | 'trivia',
  players: readonly Device[],
): Promise<void> {
  for (const device of players) {
    const reply = await party.send(device, world, 'join', joinBody(device, world, game));
    if (reply.status !== 200) throw new Error(`join: ${JSON.stringify(reply.body)}`);
  }
  // What the last of them sets off comes after its receipt.
  await party.settle();
}

/** Shows every share that is owed. */
export async function doChores(party: Table, world: Bytes, players: readonly Device[]): Promise<void> {
  for (const device of players) {
    const { state, opening } = party.follow(world);
    const game = gameFor(opening.genesis.game, opening.genesis.version);
    for (const chore of game?.chores(state, { key: device.key }, device.secretOf(world)) ?? []) {
      const { kind, ...body } = chore as { readonly kind: string };
      await party.send(device, world, kind, body);
    }
  }
  await party.settle();
}

export function triviaState(party: Table, world: Bytes): TriviaState {
  return party.follow(world).state as TriviaState;
}

export function nimState(party: Table, world: Bytes): NimState {
  return party.follow(world).state as NimState;
}

/** Answers the question that is open; `isRight` picks the option that says it is right. */
export function answerOpen(party: Table, world: Bytes, device: Device, isRight: boolean): Promise<Reply> {
  return party.relay.send('intent', sealedAnswer(party, world, device, isRight), world, 40);
}

export function sealedAnswer(party: Table, world: Bytes, device: Device, isRight: boolean): SignedMail {
  const { questions, current } = triviaState(party, world);
  const question = questions[current];
  const wanted = isRight ? 'right' : 'wrong';
  const canonical = question?.ask?.answers.findIndex((text) => text.startsWith(wanted)) ?? -1;
  return sealAnswer(party, world, device, question?.order.indexOf(canonical) ?? -1);
}

/** `choice` is the option's place as shown. */
export function sealAnswer(party: Table, world: Bytes, device: Device, choice: number): SignedMail {
  const state = triviaState(party, world);
  const lot = state.current;
  const pk = lotKeyOf(state, lot);
  if (!pk) throw new Error(`question ${lot} is not open`);
  const { seq } = device.chain(world);
  return device.intent(world, 'answer', (header) => {
    const nonce = labelled('nonce', device.name, String(seq));
    const ephemeral = labelled('ephemeral', device.name, String(seq));
    const body = answerBody({ world, lot, pk, key: device.key, header, choice, nonce, ephemeral });
    return { lot: body.lot, seal: { ...body.seal } };
  });
}
