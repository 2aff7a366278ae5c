import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  type Bytes,
  bytesToHex,
  decodeEntry,
  drawView,
  encodeWorld,
  hexToBytes,
  openWorld,
  parseGenesis,
  step,
  unwrap,
  type World,
} from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { hashOf, rulesHashSource, sourcesOf } from '../scripts/rulesHash.ts';
import { diceCommit } from './dice/secret.ts';
import { gameFor, games, nim, type NimState, trivia } from './index.ts';
import { rulesHashes } from './rulesHash.ts';
import {
  createTable,
  type Golden,
  nimStory,
  pause,
  playerOf,
  replayHashes,
  resume,
  send,
  stateOf,
  triviaStory,
  wait,
  worldOf,
} from './testing/index.ts';

describe('the games', () => {
  it('[R1] are found by name and version', () => {
    expect(gameFor('nim', 1)).toBe(nim);
    expect(gameFor('trivia', 1)).toBe(trivia);
    expect(games).toEqual([nim, trivia]);
    expect(gameFor('trivia', 2)).toBeUndefined();
    expect(gameFor('chess', 1)).toBeUndefined();
  });

  it.each(['nim', 'trivia'] as const)(
    '[R2] the hash of %s is that of its sources: run scripts/rulesHash.ts',
    (name) => {
      expect(bytesToHex(rulesHashes[name])).toBe(hashOf(name));
      expect(gameFor(name, 1)?.rules).toEqual(rulesHashes[name]);
      expect(rulesHashSource()).toContain(hashOf(name));
    },
  );

  it('[R2] the sources of a game are its folder and what it shares, and no test', () => {
    const sources = sourcesOf('trivia');
    expect(sources).toEqual(
      expect.arrayContaining(['trivia/scoring.ts', 'dice/draw.ts', 'names/foldTable.ts', 'schema.ts']),
    );
    expect(sources.filter((name) => name.includes('.test.') || name.startsWith('testing/'))).toEqual([]);
    expect(sourcesOf('nim').some((name) => name.startsWith('trivia/'))).toBe(false);
  });
});

describe.each(['nim', 'trivia', 'party'])('the golden ledger of %s', (name) => {
  const golden: Golden = JSON.parse(
    readFileSync(new URL(`../fixtures/golden/${name}.json`, import.meta.url), 'utf8'),
  );

  it('[R8] replays to its state hashes', () => {
    expect(golden.entries.length).toBeGreaterThan(15);
    expect(replayHashes(golden)).toEqual(golden.states);
  });

  it('[R8] tells of refusals, and ends with a close', () => {
    const entries = golden.entries.map((hex) => unwrap(decodeEntry(hexToBytes(hex) ?? new Uint8Array(0))));
    expect(entries.some((entry) => entry.kind === 'intent' && entry.refused !== undefined)).toBe(true);
    expect(entries.at(-1)?.kind).toBe('close');
  });

  it('[R8] with an entry left out replays no more', () => {
    const cut = { ...golden, entries: golden.entries.toSpliced(3, 1) };
    expect(() => replayHashes(cut)).toThrow(/refusal_mismatch|lock_unexpected|intent_gap/);
  });
});

it('[T52] what was played by the first rules replays by these', () => {
  const golden: Golden = JSON.parse(
    readFileSync(new URL('../fixtures/golden/trivia.json', import.meta.url), 'utf8'),
  );
  const genesis = unwrap(parseGenesis(hexToBytes(golden.entries[0] ?? '') ?? new Uint8Array(0)));
  expect(genesis.rules).not.toEqual(rulesHashes.trivia);
  expect(replayHashes(golden)).toEqual(golden.states);
});

describe('any game of nim', () => {
  const move = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('take'),
        who: fc.nat(2),
        count: fc.integer({ min: 1, max: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('join'), who: fc.nat(2), count: fc.constant(0) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('leave', 'pause', 'wait', 'away'),
        who: fc.nat(2),
        count: fc.nat(4),
      }),
    },
  );

  function live(moves: readonly { kind: string; who: number; count: number }[]) {
    const snapshots: Bytes[] = [];
    const onStep = (world: World<NimState>) => snapshots.push(encodeWorld(nim, world));
    const table = createTable({ game: nim, config: { stones: 9 }, seed: 'any', onStep });
    for (const { kind, who, count } of moves) {
      const player = playerOf(table, ['host', 'ann', 'bob'][who] ?? 'host');
      if (worldOf(table).closed) break;
      if (kind === 'wait') wait(table, count * 9_000);
      else if (kind === 'away') table.away.add(player.name);
      else if (kind === 'pause') {
        pause(table);
        table.loop.now += count * 50_000;
        resume(table);
      } else if (kind === 'join') {
        send(table, player, 'join', { name: player.name, rand: diceCommit(player.secret, player.key) });
      } else send(table, player, kind, kind === 'take' ? { count } : {});
    }
    return { table, snapshots };
  }

  it('[R3] replays to what was live, also from its own snapshots', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
        const { table, snapshots } = live(moves);
        const [genesis = new Uint8Array(0), ...rest] = table.loop.entries;
        const world = unwrap(openWorld(nim, genesis));
        rest.forEach((bytes, i) => {
          unwrap(step(nim, world, bytes, { trustIntentSignatures: true }));
          world.state = nim.decode(nim.encode(world.state));
          expect(encodeWorld(nim, world)).toEqual(snapshots[i]);
        });
        expect(nim.encode(world.state)).toEqual(nim.encode(stateOf(table)));
      }),
      { numRuns: 40 },
    );
  });
});

describe('[R19] what a looker-on is shown', () => {
  it.each([nimStory(), triviaStory()])(
    'of $game is plain data at every entry, and the same of a state that was put away and taken up again',
    ({ game, version, entries }) => {
      const rules = gameFor(game, version) ?? expect.fail(game);
      const [genesis, ...rest] = entries.map((hex) => hexToBytes(hex) ?? new Uint8Array());
      const world = unwrap(openWorld(rules, genesis ?? new Uint8Array()));
      for (const bytes of rest) {
        unwrap(step(rules, world, bytes, { trustIntentSignatures: true }));
        const again = rules.decode(rules.encode(world.state));
        expect(drawView(rules, again)).toEqual(drawView(rules, world.state));
      }
    },
  );
});
