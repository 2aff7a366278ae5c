import {
  decodeEntry,
  type IntentEntry,
  type LogEntry,
  parseIntent,
  sealedOf,
  unwrap,
} from '@fairground/ledger';
import { answer, type Player, startEvening, entriesOf, wait, worldOf } from '@fairground/rules/testing';
import { describe, expect, it } from 'vitest';

const SEED = 'alike';
const ROUND_TRIPS = [12, 80, 140];

/** A match up to the moment before its first lot is opened; what each of the three chooses is all that differs. */
function matchWith(choices: readonly [number, number, number]): readonly LogEntry[] {
  const config = { questions: 1, graceMs: 1_000 };
  const { table, players } = startEvening({ seed: SEED, config, bank: 1 }, 'host', 'Bo', 'Cy');
  const seated: readonly Player[] = players;
  choices.forEach((choice, i) => {
    const player = seated[i];
    if (!player) throw new Error('three are seated');
    wait(table, 700 + 300 * i);
    answer(table, player, choice, { rtt: ROUND_TRIPS[i] ?? 0 });
  });
  expect(worldOf(table).size).toBe(entriesOf(table).length);
  const decoded = entriesOf(table).map((bytes) => unwrap(decodeEntry(bytes)));
  const opened = decoded.findIndex(({ kind }) => kind === 'lot');
  expect(opened).toBeGreaterThan(0);
  return decoded.slice(0, opened);
}

/** Without the sealed bytes and the signature over them; their lengths stay. */
function outside(entry: LogEntry): unknown {
  if (entry.kind !== 'intent') return entry;
  const parts = unwrap(parseIntent(entry.bytes));
  const sealed = sealedOf(parts, 0);
  if (!sealed) return entry;
  const { at, via, rtt, refused } = entry satisfies IntentEntry;
  const { header, key, seal } = sealed.sealed;
  const lengths = [entry.bytes, entry.sig, seal.commit, seal.enc, seal.ct].map(({ length }) => length);
  return { at, via, rtt, refused, lot: sealed.lot, header, key, kind: parts.kind, lengths };
}

function sealedBytes(entries: readonly LogEntry[]): readonly string[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'intent') return [];
    const sealed = sealedOf(unwrap(parseIntent(entry.bytes)), 0);
    return sealed ? Buffer.from(sealed.sealed.seal.ct).toString('hex') : [];
  });
}

describe('matches that differ in what was chosen', () => {
  const base = matchWith([0, 0, 0]);

  it.each([
    ['one other choice', [1, 0, 0]],
    ['all other choices', [1, 1, 1]],
    ['an option that there is not', [5, 4, 0]],
    ['a number of another length', [0, 4_000_000_000, 25]],
  ] as const)('[X8] are alike entry by entry until the lot is opened: %s', (_name, choices) => {
    const other = matchWith([...choices]);
    expect(other.map(outside)).toEqual(base.map(outside));
  });

  it('[X8] differ where they should: in the sealed bytes', () => {
    expect(sealedBytes(base)).toHaveLength(3);
    expect(sealedBytes(matchWith([1, 0, 0]))[0]).not.toBe(sealedBytes(base)[0]);
  });

  it('[X8] carry the time and the round trip of the arrival, and nothing else of the sender', () => {
    const intents = base.filter((entry) => entry.kind === 'intent').slice(-3);
    expect(intents.map(({ rtt }) => rtt)).toEqual(ROUND_TRIPS);
    const [first, second, third] = intents.map(({ at }) => at);
    expect([(second ?? 0) - (first ?? 0), (third ?? 0) - (second ?? 0)]).toEqual([1_000, 1_300]);
  });
});
