/** Between a game's request for questions and the bank. */
import {
  type Bytes,
  type Cbor,
  type IntentEntry,
  type Result,
  decodeEntry,
  encodeCbor,
  err,
  isBytes,
  ok,
  parseIntent,
} from '@fairground/ledger';
import { type Question, QuestionId } from '@fairground/questions';
import { z } from 'zod';
import type { Bank, TopicCount } from '../bank/bank.ts';
import type { Playable } from '../bank/draw.ts';

/** What every game with questions can play. A game that can play more says so in its request. */
const PLAYED: Playable = { kinds: ['choice', 'boolean'], pictures: true };

const key = z.custom<Bytes>((value) => isBytes(value) && value.length === 32);
const Request = z.object({
  topics: z.array(z.string()),
  language: z.string(),
  count: z.int().min(0).max(1000),
  players: z.array(key).default([]),
  kinds: z.array(z.string()).default([...PLAYED.kinds]),
  pictures: z.boolean().default(PLAYED.pictures),
});

export interface Draw {
  readonly request: Cbor;
  readonly players: readonly Bytes[];
  readonly seed: Bytes;
  readonly at: number;
}

export interface PlayableTopic extends TopicCount {
  /** Those of `count` that a game asks which says nothing of kinds. */
  readonly plain: number;
}

/** With every kind, as a lobby can switch every kind on. */
export function playableTopics(bank: Bank): readonly PlayableTopic[] {
  const key = ({ topic, language }: TopicCount) => `${language} ${topic}`;
  const plain = new Map(bank.topics(PLAYED).map((one) => [key(one), one.count]));
  return bank.topics().map((one) => ({ ...one, plain: plain.get(key(one)) ?? 0 }));
}

/** Fewer than were asked for when the bank has no more: what that means the rules say. */
export function drawThings(bank: Bank, draw: Draw): Result<Cbor, 'request_malformed'> {
  const request = Request.safeParse(draw.request);
  if (!request.success) return err('request_malformed', z.prettifyError(request.error));
  const players = request.data.players.length > 0 ? request.data.players : draw.players;
  const questions = bank.draw({ ...request.data, players, seed: draw.seed });
  bank.markAsked(
    players,
    questions.map(({ id }) => id),
    draw.at,
  );
  return ok(questions.map(toThing));
}

const Vote = z.object({
  question: z.int().min(0),
  vote: z.enum(['up', 'down', 'flag']),
  note: z.string().optional(),
});
const Answer = z.object({ id: QuestionId });

interface Revealed {
  readonly id: QuestionId;
  readonly at: number;
}

/** What players said about the questions of a closed world, in the order in which they said it. */
export function noteVotes(bank: Bank, entries: readonly Bytes[]): void {
  const revealed = new Map<number, Revealed>();
  for (const bytes of entries) {
    const entry = decodeEntry(bytes);
    if (!entry.ok) continue;
    if (entry.value.kind === 'reveal' && entry.value.what === 'answer') {
      const answer = Answer.safeParse(entry.value.value);
      if (answer.success) revealed.set(entry.value.index, { id: answer.data.id, at: entry.value.at });
    }
    if (entry.value.kind === 'intent' && entry.value.refused === undefined)
      noteVote(bank, revealed, entry.value);
  }
}

function noteVote(bank: Bank, revealed: ReadonlyMap<number, Revealed>, { bytes, at }: IntentEntry): void {
  const intent = parseIntent(bytes);
  if (!intent.ok || intent.value.kind !== 'vote') return;
  const vote = Vote.safeParse(intent.value.body);
  const question = vote.success ? revealed.get(vote.data.question) : undefined;
  if (!vote.success || !question) return;
  const { vote: word, note } = vote.data;
  const said = {
    player: intent.value.key,
    question: question.id,
    vote: word,
    at,
    latencyMs: at - question.at,
  };
  bank.vote(note === undefined ? said : { ...said, note });
}

/** Canonical, or it could not be made durable; fields that are not there are left out. */
function toThing(question: Question): Cbor {
  const thing = JSON.parse(JSON.stringify(question)) as Cbor;
  encodeCbor(thing);
  return thing;
}
