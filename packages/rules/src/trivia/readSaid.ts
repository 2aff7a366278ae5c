/** What a seat sealed, read in the form of its question's kind. */
import { type Cbor, isWellFormed } from '@fairground/ledger';
import { isPlain, kindOf } from './kinds.ts';
import { isWhole, MAX_ESTIMATE } from './question.ts';
import type { Said } from './said.ts';
import { type Question, VOID } from './state.ts';

/** Code points of words of one's own: with the nonce they fit the padding in any script. */
export const MAX_SAID_LENGTH = 40;

/** `choice` is the canonical place of the one option; 0 for what is said in another way, and VOID for what is no answer. */
export interface Opened {
  readonly choice: number;
  readonly said?: Said;
}

export function readSaid(question: Question, value: Cbor): Opened {
  const kind = question.ask ? kindOf(question.ask) : 'choice';
  if (isPlain(kind)) return { choice: typeof value === 'number' ? (question.order[value] ?? VOID) : VOID };
  const said = saidAs(kind, question, value);
  return said === undefined ? { choice: VOID } : { choice: 0, said };
}

function saidAs(kind: string, question: Question, value: Cbor): Said | undefined {
  if (kind === 'text') return isText(value) ? value : undefined;
  if (kind === 'number') return isEstimate(value) ? value : undefined;
  const places = placesOf(question, value);
  if (!places || places.length === 0 || new Set(places).size !== places.length) return undefined;
  if (kind === 'order') return isWhole(places, question.order.length) ? places : undefined;
  return places.sort((a, b) => a - b);
}

/** From places as shown to canonical ones. */
function placesOf({ order }: Question, value: Cbor): number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const list: readonly unknown[] = value;
  const places = list.map((shown) => (typeof shown === 'number' ? (order[shown] ?? -1) : -1));
  return places.includes(-1) ? undefined : places;
}

function isText(value: Cbor): value is string {
  return (
    typeof value === 'string' &&
    isWellFormed(value) &&
    [...value].length <= MAX_SAID_LENGTH &&
    value.trim() !== ''
  );
}

function isEstimate(value: Cbor): value is number {
  return Number.isSafeInteger(value) && Math.abs(value as number) <= MAX_ESTIMATE;
}
