/** A game for tests of the driver: seats add; by its config it can be made to fail in every way that rules can fail. */
import {
  type Bytes,
  type Cbor,
  type Entry,
  type Intent,
  bytesToHex,
  decodeCbor,
  dealCommit,
  encodeCbor,
  sha256,
  unwrap,
  utf8ToBytes,
} from '@fairground/ledger';
import type { Game, Owed } from '@fairground/rules';
import { z } from 'zod';

export const TallyConfig = z.strictObject({
  goal: z.int().default(1000),
  /** What goes wrong when somebody adds 13: nothing, `apply` throws, it owes for ever, it owes what makes no entry. */
  fault: z.enum(['none', 'apply', 'owes', 'nothing']).default('none'),
  /** Time is due this often, in ms; 0 never. */
  every: z.int().default(0),
  /** Needs this kind of supply when the first seat is taken. */
  needs: z.string().default(''),
});
type TallyConfig = z.infer<typeof TallyConfig>;

const TallyBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('join') }),
  z.strictObject({ kind: z.literal('add'), count: z.int().min(0), pad: z.string().optional() }),
]);
type TallyBody = z.infer<typeof TallyBody>;

interface TallyState {
  readonly world: Bytes;
  readonly config: TallyConfig;
  now: number;
  total: number;
  ticks: number;
  seats: string[];
  dealt: boolean;
  cursed: boolean;
  pausedMs: number;
  pausedAt: number | null;
}

export const tally: Game<TallyConfig, TallyState, TallyBody> = {
  name: 'tally',
  version: 1,
  rules: sha256(utf8ToBytes('tally 1')),
  config: TallyConfig,
  body: TallyBody,
  open: ({ world, genesis }) => ({
    ...{ world, config: genesis.config, now: genesis.at, total: 0, ticks: 0, seats: [] },
    ...{ dealt: false, cursed: false, pausedMs: 0, pausedAt: null },
  }),
  check,
  apply,
  isOver: ({ total, config }) => total >= config.goal,
  due: ({ config, now, pausedAt }) =>
    config.every > 0 && pausedAt === null ? now + config.every : undefined,
  owes,
  deal: (state, owed, secret, { things }) => deal(state, owed, secret, things),
  unseal: () => [],
  asks: () => [],
  view: ({ total }) => ({ total }),
  card: (state) => ({
    ...{ title: 'Tally', topic: '', players: state.seats.length, seats: 9 },
    phase: state.seats.length === 0 ? 'open' : tally.isOver(state) ? 'over' : 'running',
  }),
  chores: () => [],
  encode: (state) => encodeCbor({ ...state, config: { ...state.config } } as unknown as Cbor),
  decode: (bytes) => unwrap(decodeCbor(bytes)) as unknown as TallyState,
};

function check(state: TallyState, { key, body }: Intent<TallyBody>) {
  const isSeated = state.seats.includes(bytesToHex(key));
  if (body.kind === 'join') return isSeated ? { code: 'already_joined' } : undefined;
  if (!isSeated) return { code: 'seat_unknown' };
  return state.total + body.count > state.config.goal ? { code: 'too_much' } : undefined;
}

function apply(state: TallyState, entry: Entry<TallyBody>): TallyState {
  if (entry.kind === 'time') return { ...state, now: entry.at, ticks: state.ticks + 1 };
  if (entry.kind === 'commit') return { ...state, dealt: true };
  if (entry.kind === 'pause') return { ...state, pausedAt: entry.at };
  if (entry.kind === 'resume')
    return { ...state, pausedMs: state.pausedMs + entry.at - (state.pausedAt ?? entry.at), pausedAt: null };
  if (entry.kind !== 'intent') return state;
  const { key, body } = entry.intent;
  if (body.kind === 'join') return { ...state, seats: [...state.seats, bytesToHex(key)] };
  if (body.count === 13 && state.config.fault === 'apply') throw new Error('thirteen');
  const cursed = state.cursed || (body.count === 13 && state.config.fault !== 'none');
  return { ...state, total: state.total + body.count, cursed };
}

function owes(state: TallyState): readonly Owed[] {
  const base = { act: 'deal' as const, index: 0, by: state.now + 60_000 };
  if (state.cursed) return [{ ...base, what: state.config.fault }];
  if (state.total >= state.config.goal) return [{ ...base, what: 'close' }];
  const { needs } = state.config;
  const isDue = needs !== '' && state.seats.length > 0 && !state.dealt;
  return isDue ? [{ ...base, what: 'things', needs: { kind: needs, request: { count: 3 } } }] : [];
}

function deal({ world }: TallyState, { what, index }: Owed, nonce: Bytes, things: Cbor | undefined) {
  if (what === 'close') return [{ kind: 'close' as const, reason: 'goal' }];
  if (what === 'nothing') return [];
  const commits = [dealCommit({ world, what, index, nonce, value: things ?? null })];
  return [{ kind: 'commit' as const, what, from: index, commits }];
}
