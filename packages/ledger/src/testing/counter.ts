/** The smallest game that uses every kind of entry: seats add, seal guesses, and see the world end at a goal. For tests of the ledger. */
import type { Bytes } from '../bytes.ts';
import { type Cbor, decodeCbor, encodeCbor } from '../cbor.ts';
import type { Millis } from '../entry.ts';
import { bytesToHex } from '../hex.ts';
import {
  type Entry,
  type Intent,
  type Refusal,
  type Replayable,
  RulesFault,
  type Schema,
} from '../replayable.ts';
import { bytesOf, isAnyBytes, isMap, isText, isUint, literal, shape } from '../shape.ts';
import { sha256 } from '../sha256.ts';
import { utf8ToBytes } from '../utf8.ts';

export type CounterConfig = { readonly goal: number };

export type CounterBody =
  | { readonly kind: 'join'; readonly name: string }
  | { readonly kind: 'add'; readonly count: number }
  | { readonly kind: 'guess'; readonly lot: number; readonly seal: Cbor };

interface Seat {
  readonly key: string;
  readonly name: string;
  added: number;
}

export interface CounterState {
  readonly goal: number;
  now: Millis;
  /** Whole seconds that the game has lived through: time counts, so a replay that loses some shows. */
  seconds: number;
  readonly openedAt: Millis;
  pausedAt: Millis | null;
  total: number;
  seats: Seat[];
  seen: number;
  opened: number;
  /** Sealed guesses by entry index: what the commit says. */
  readonly commits: { [index: string]: Bytes };
}

/** Adding past the goal is refused; so is adding on the last second of ten (a rule that needs the clock). */
export const counter: Replayable<CounterConfig, CounterState, CounterBody> = {
  name: 'counter',
  version: 1,
  rules: sha256(utf8ToBytes('counter 1')),
  config: schema<CounterConfig>(shape<CounterConfig>({ goal: isUint })),
  body: schema<CounterBody>(isBody),
  open: ({ genesis }) => ({
    goal: genesis.config.goal,
    now: genesis.at,
    seconds: 0,
    openedAt: genesis.at,
    pausedAt: null,
    total: 0,
    seats: [],
    seen: 0,
    opened: 0,
    commits: {},
  }),
  check,
  apply,
  isOver: (state) => state.total >= state.goal,
  view: ({ total, seats }) => ({ total, names: seats.map(({ name }) => name) }),
  encode: (state) => encodeCbor(state as unknown as Cbor),
  decode(bytes) {
    const decoded = decodeCbor(bytes);
    if (!decoded.ok || !isMap(decoded.value)) throw new Error('counter: no state');
    return decoded.value as unknown as CounterState;
  },
};

function check(state: CounterState, { key, body }: Intent<CounterBody>): Refusal | undefined {
  const seat = seatOf(state, key);
  if (body.kind === 'join') return checkJoin(state, seat);
  if (!seat) return { code: 'no_seat' };
  if (state.total >= state.goal) return { code: 'over' };
  if (body.kind === 'guess') return undefined;
  if (state.seconds % 10 === 9) return { code: 'tenth_second' };
  return state.total + body.count > state.goal ? { code: 'too_much' } : undefined;
}

/** Who is not in within the hour stays out: time alone changes this verdict. */
function checkJoin({ seconds }: CounterState, seat: Seat | undefined): Refusal | undefined {
  if (seat) return { code: 'already_in' };
  return seconds >= 3600 ? { code: 'doors_closed' } : undefined;
}

function apply(state: CounterState, entry: Entry<CounterBody>): CounterState {
  switch (entry.kind) {
    case 'time':
      state.now = entry.at;
      state.seconds = Math.floor((entry.at - state.openedAt) / 1000);
      return state;
    case 'intent':
      return applyIntent(state, entry.intent);
    case 'seen':
      state.seen += entry.seen.length;
      return state;
    case 'lot':
      for (const { index } of entry.openings) {
        if (!state.commits[String(index)]) throw new RulesFault('lot_unknown');
        state.opened += 1;
      }
      return state;
    case 'pause':
    case 'resume':
      state.pausedAt = entry.kind === 'pause' ? entry.at : null;
      return state;
    case 'think':
      throw new RulesFault('no_minds');
    default:
      return state;
  }
}

function applyIntent(state: CounterState, { key, index, body }: Intent<CounterBody>): CounterState {
  const seat = seatOf(state, key);
  if (body.kind === 'join') state.seats.push({ key: bytesToHex(key), name: body.name, added: 0 });
  if (body.kind === 'guess' && isMap(body.seal)) state.commits[String(index)] = body.seal['commit'] as Bytes;
  if (body.kind !== 'add' || !seat) return state;
  seat.added += body.count;
  state.total += body.count;
  return state;
}

function seatOf(state: CounterState, key: Bytes): Seat | undefined {
  const hex = bytesToHex(key);
  return state.seats.find((seat) => seat.key === hex);
}

function isBody(value: unknown): value is CounterBody {
  return isJoin(value) || isAdd(value) || isGuess(value);
}

const isJoin = shape<Extract<CounterBody, { kind: 'join' }>>({ kind: literal('join'), name: isText });
const isAdd = shape<Extract<CounterBody, { kind: 'add' }>>({ kind: literal('add'), count: isUint });
const isGuess = shape<Extract<CounterBody, { kind: 'guess' }>>({
  kind: literal('guess'),
  lot: isUint,
  seal: shape<{ commit: Bytes; enc: Bytes; ct: Bytes }>({
    commit: bytesOf(32),
    enc: bytesOf(32),
    ct: isAnyBytes,
  }),
});

function schema<T>(is: (value: unknown) => value is T): Schema<T> {
  return {
    safeParse: (input) =>
      is(input) ? { success: true, data: input } : { success: false, error: { message: 'not of the shape' } },
  };
}
