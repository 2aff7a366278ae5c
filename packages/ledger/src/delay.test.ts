import { describe, expect, it } from 'vitest';
import type { Bytes } from './bytes.ts';
import { type DelayProof, makeDelayProof } from './delay.ts';
import { formatFaultProof, judgeFault, parseFaultProof } from './faultProof.ts';
import { logVkey } from './genesis.ts';
import { intentHash } from './intent.ts';
import { leafHash, merkleRoot } from './merkle.ts';
import { unwrap } from './result.ts';
import { signSeen } from './seen.ts';
import { sha256 } from './sha256.ts';
import { type CounterState, counter, openDriver, signEntries } from './testing/index.ts';
import type { Actor, Driver } from './testing/index.ts';

const options = { game: counter, config: { goal: 9 }, seed: 'delays' };

const witness = openDriver({ ...options, seed: 'witness' }).actor('relay').signer;

/** Through the file and back, as somebody else reads it who knows the relay. */
async function judged(proof: DelayProof, games = [counter], known: readonly Bytes[] = [witness.key]) {
  const read = unwrap(parseFaultProof(formatFaultProof(proof)));
  const { verdict, code } = await judgeFault(read, games, known);
  return `${verdict}: ${code}`;
}

describe('delay', () => {
  /** Ann is in; Bob joins by an intent that the log never gets, while time goes on for eleven seconds. */
  async function kept(
    script: (driver: Driver<CounterState>, bob: Actor) => Promise<void>,
    headSize?: number,
  ) {
    const driver = openDriver(options);
    await driver.send(driver.actor('ann'), 'join', { name: 'Ann' });
    const bob = driver.actor('bob');
    const intent = await driver.intent(bob, 'join', { name: 'Bob' });
    const head = headSize ?? driver.entries.length;
    const headRoot = merkleRoot(driver.entries.slice(0, head).map(leafHash));
    const word = {
      world: driver.world.opening.world,
      lot: null,
      intentHash: intentHash(intent.bytes),
      headSize: head,
      headRoot,
      at: driver.now,
    };
    const seen = await signSeen(witness, word);
    await script(driver, bob);
    const checkpoint = await signEntries(driver.authority, driver.world.origin, driver.entries);
    return { driver, word, evidence: { checkpoint, entries: driver.entries, intent, seen } };
  }
  const later = (driver: Driver<CounterState>, ms: number) => {
    driver.now += ms;
    driver.append({ kind: 'time' });
  };

  it('[L163] an intent that a witness had, and that the log passed by for more than ten seconds, convicts the carrier', async () => {
    const { driver, evidence } = await kept(async (d) => later(d, 10_001));
    const key = logVkey(driver.world.origin, driver.authority.key);
    const proof = makeDelayProof(key, evidence);
    expect(await judged(proof)).toBe('convicts: delay');
    expect(await judgeFault(proof, [counter], [witness.key])).toMatchObject({ against: 'carrier', index: 2 });
    expect(await judged(proof, [])).toBe('unproven: rules_unknown');
  });

  it('[L163] a log that has it in time, has not gone on for long enough, or would have refused it, convicts nobody', async () => {
    const codeAfter = async (script: Parameters<typeof kept>[0]) => {
      const { driver, evidence } = await kept(script);
      return judged(makeDelayProof(logVkey(driver.world.origin, driver.authority.key), evidence));
    };
    expect(await codeAfter(async (d) => later(d, 10_000))).toBe('unproven: no_cut');
    expect(
      await codeAfter(async (d, bob) => {
        await d.send(bob, 'join', { name: 'Bob' });
        later(d, 20_000);
      }),
    ).toBe('unproven: intent_in_time');
    expect(
      await codeAfter(async (d, bob) => {
        await d.send(bob, 'join', { name: 'Bobby' });
        later(d, 20_000);
      }),
    ).toBe('unproven: intent_fork');
  });

  it('[L163] the word of a witness whom nobody knows convicts nobody: whoever wants to frame a carrier can make one', async () => {
    const { driver, word, evidence } = await kept(async (d) => later(d, 20_000));
    const key = logVkey(driver.world.origin, driver.authority.key);
    expect(await judged(makeDelayProof(key, evidence), [counter], [])).toBe('unproven: witness_unknown');
    const framer = driver.actor('bob').signer;
    const seen = await signSeen(framer, word);
    expect(await judged(makeDelayProof(key, { ...evidence, seen }))).toBe('unproven: witness_unknown');
  });

  it('[L163] a word about another intent, at another head, or by nobody convicts nobody', async () => {
    const { driver, word, evidence } = await kept(async (d) => later(d, 20_000));
    const key = logVkey(driver.world.origin, driver.authority.key);
    const withWord = async (change: object) =>
      judged(makeDelayProof(key, { ...evidence, seen: await signSeen(witness, { ...word, ...change }) }));
    expect(await withWord({ intentHash: sha256(word.world) })).toBe('unproven: seen_of_another_intent');
    expect(await withWord({ headRoot: sha256(word.world) })).toBe('unproven: seen_at_another_head');
    expect(await withWord({ headSize: 99 })).toBe('unproven: seen_at_another_head');
    const unsigned = { ...evidence.seen, sig: new Uint8Array(64) };
    expect(await judged(makeDelayProof(key, { ...evidence, seen: unsigned }))).toBe(
      'unproven: seen_signature',
    );
    const forgedIntent = { bytes: evidence.intent.bytes, sig: new Uint8Array(64) };
    expect(await judged(makeDelayProof(key, { ...evidence, intent: forgedIntent }))).toBe(
      'unproven: intent_signature',
    );
    expect(await judged(makeDelayProof(key, { ...evidence, entries: evidence.entries.slice(0, 2) }))).toBe(
      'unproven: root_not_reached',
    );
  });
});
