/** An authority that lies: every checkpoint here is truly signed, over entries that should never have been. */
import { describe, expect, it } from 'vitest';
import { checkAside } from './aside.ts';
import { bundleMembers, writeBundle } from './bundle.ts';
import { memorySource, zipSource } from './bundleSource.ts';
import type { Bytes } from './bytes.ts';
import type { LogEntry } from './entry.ts';
import { decodeEntry, encodeEntry } from './entryCodec.ts';
import { unwrap } from './result.ts';
import { sha256 } from './sha256.ts';
import { type CounterState, buildWorld, counter, guessing, signEntries } from './testing/index.ts';
import { type VerifyOptions, verify } from './verify.ts';
import type { VerifyLevel } from './verifyReport.ts';
import { writeZip } from './zipWrite.ts';

const games = [counter];
const honest = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'lies', script: guessing });
const entries = honest.entries.map((bytes) => unwrap(decodeEntry(bytes)));
const garbled = sha256(new Uint8Array([1]));

type Lie = (entry: LogEntry) => LogEntry | undefined;

/** The first entry that the lie applies to is replaced, and the whole is signed again. */
async function told(
  lie: Lie,
): Promise<{ readonly index: number; readonly codeAt: (level: VerifyLevel) => Promise<unknown> }> {
  const index = entries.findIndex((entry) => lie(entry) !== undefined);
  const replaced = entries[index] && lie(entries[index]);
  const forged = honest.entries.map((bytes, i) => (i === index && replaced ? encodeEntry(replaced) : bytes));
  const checkpoint = await signEntries(honest.authority, honest.world.origin, forged);
  const members = bundleMembers({ ...honest, entries: forged, checkpoint });
  const source = memorySource(new Map(members.map((m) => [m.name, m.bytes])));
  const file = unwrap(zipSource(writeZip(members)));
  return {
    index,
    async codeAt(level) {
      const { failure } = await verify(source, { games, level });
      const besides = await verify(file, { games, level, aside: { from: 0, check: checkAside } });
      expect(besides.failure).toEqual(failure);
      return failure && { code: failure.code, index: failure.index };
    },
  };
}

const isLast = (entry: LogEntry) =>
  entry.kind === 'intent' && entry === entries.findLast(({ kind }) => kind === 'intent');

describe('verify, when the authority lies', () => {
  it.each<[string, string, VerifyLevel, Lie]>([
    [
      'a refusal that the rules do not say',
      'refusal_mismatch',
      'quick',
      (e) => (e.kind === 'intent' && !e.refused ? { ...e, refused: 'no_seat' } : undefined),
    ],
    [
      'no refusal where the rules say one',
      'refusal_mismatch',
      'quick',
      (e) => (e.kind === 'intent' && e.refused ? stripped(e) : undefined),
    ],
    [
      'a state that is another',
      'state_mismatch',
      'quick',
      (e) => (e.kind === 'state' ? { ...e, hash: garbled } : undefined),
    ],
    [
      'an entry that the rules cannot do',
      'rules_fault',
      'quick',
      (e) =>
        e.kind === 'seen' ? { kind: 'think', at: e.at, id: 0, ask: 0, deadline: 0, fallback: 0 } : undefined,
    ],
    [
      'a second commitment to one question',
      'commit_again',
      'full',
      (e) =>
        e.kind === 'time' ? { ...e, kind: 'commit', what: 'ask', from: 0, commits: [garbled] } : undefined,
    ],
    [
      'a second key for one lot',
      'lot_key',
      'full',
      (e) => (e.kind === 'time' ? { ...e, kind: 'key', lot: 0, pk: garbled } : undefined),
    ],
    [
      'a question that was not committed',
      'reveal_mismatch',
      'full',
      (e) => (e.kind === 'reveal' && e.what === 'ask' ? { ...e, value: 'another' } : undefined),
    ],
    [
      'a reveal of what was never committed',
      'reveal_uncommitted',
      'full',
      (e) => (e.kind === 'reveal' && e.what === 'ask' ? { ...e, index: 1 } : undefined),
    ],
    [
      'dice that are not the genesis’',
      'reveal_mismatch',
      'full',
      (e) => (e.kind === 'reveal' && e.what === 'dice' ? { ...e, value: garbled } : undefined),
    ],
    [
      'a guess that was not sealed',
      'lot_opening',
      'full',
      (e) => (e.kind === 'lot' ? { ...e, openings: e.openings.map((o) => ({ ...o, value: 9 })) } : undefined),
    ],
    [
      'a good guess called void',
      'lot_void_false',
      'full',
      (e) => (e.kind === 'lot' ? { ...e, openings: [], void: e.openings.map((o) => o.index) } : undefined),
    ],
    [
      'a guess left sealed',
      'lot_incomplete',
      'full',
      (e) => (e.kind === 'lot' ? { ...e, openings: [] } : undefined),
    ],
    [
      'the key of another lot',
      'lot_key',
      'full',
      (e) => (e.kind === 'lot' ? { ...e, sk: garbled } : undefined),
    ],
    [
      'an intent that its key did not sign',
      'intent_signature',
      'full',
      (e) => (isLast(e) && e.kind === 'intent' ? { ...e, sig: Uint8Array.from(e.sig).reverse() } : undefined),
    ],
    [
      'a sighting that its witness did not sign',
      'seen_signature',
      'full',
      (e) =>
        e.kind === 'seen'
          ? { ...e, seen: e.seen.map((s) => ({ ...s, sig: Uint8Array.from(s.sig).reverse() })) }
          : undefined,
    ],
  ])('[L146] %s is %s at its entry, from level %s on', async (_what, code, from, lie) => {
    const { index, codeAt } = await told(lie);
    expect(index).toBeGreaterThan(0);
    expect(await codeAt('full')).toEqual({ code, index });
    // What comes after a changed entry still fits only if no `state` signs what the change did.
    if (from === 'quick') expect(await codeAt('quick')).toEqual({ code, index });
    else
      expect([null, 'state_mismatch']).toContain(
        ((await codeAt('quick')) as { code: string } | null)?.code ?? null,
      );
  });

  it('[L146] a checkpoint by another key, with the line of a stranger, or with a line twice, is not believed', async () => {
    const members = new Map(bundleMembers(honest).map((m) => [m.name, m.bytes]));
    const codeWith = async (checkpoint: Bytes) => {
      const report = await verify(memorySource(new Map([...members, ['checkpoint', checkpoint]])), {
        games,
        level: 'quick',
      });
      return report.failure?.code;
    };
    const other = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'other' });
    expect(await codeWith(await signEntries(other.authority, honest.world.origin, honest.entries))).toBe(
      'note_unsigned',
    );
    const text = Buffer.from(honest.checkpoint).toString();
    // The witness of the standard's example: well formed, and nobody that the genesis names.
    const strangersLine =
      'IDJKvgAAAABlU/EAnBQphsZCTqkU7DjDeq2JREm/5339nrghTBk6S+OxsZkOv83nkCy26qKAZNLa9kGo3+07+f7wBbhB5MwCRmzlAg==';
    const stranger = `${text}\u2014 witness.example/w1 ${strangersLine}\n`;
    expect(await codeWith(new Uint8Array(Buffer.from(stranger)))).toBe('note_stranger');
    const twice = text + text.slice(text.lastIndexOf('\u2014'));
    expect(await codeWith(new Uint8Array(Buffer.from(twice)))).toBe('note_stranger');
  });
});

describe('verify, over a large log', () => {
  it(
    '[L141] a changed byte anywhere in thousands of entries fails at its entry',
    { timeout: 60_000 },
    async () => {
      const large = await buildWorld({
        game: counter,
        config: { goal: 1_000_000 },
        seed: 'large',
        script: crowd,
      });
      expect(large.entries.length).toBeGreaterThan(2500);
      const members = new Map(bundleMembers(large).map((m) => [m.name, m.bytes]));
      const options: VerifyOptions = { games, level: 'quick' };
      expect((await verify(unwrap(zipSource(writeBundle(large))), { ...options, level: 'full' })).valid).toBe(
        true,
      );
      const names = [...members.keys()].filter((name) => name.startsWith('tile/'));
      for (let i = 0; i < 2 * names.length; i++) {
        const name = names[i % names.length] ?? '';
        const bytes = Uint8Array.from(members.get(name) ?? []);
        const at = (i * 7919) % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        const { failure } = await verify(memorySource(new Map([...members, [name, bytes]])), options);
        const { code, index } = expectedAt(name, at, members.get(name) ?? new Uint8Array(0));
        const isRight = failure?.code === code || failure?.code === 'entry_bundle_malformed';
        expect({ name, at, isRight, index: failure?.index }).toEqual({ name, at, isRight: true, index });
      }
    },
  );
});

async function crowd(driver: Parameters<typeof guessing<CounterState>>[0]): Promise<void> {
  const actors = Array.from({ length: 12 }, (_, i) => driver.actor(`actor ${i}`));
  for (const actor of actors) await driver.send(actor, 'join', { name: 'x' });
  while (driver.entries.length < 2600) {
    driver.now += 37;
    const actor = actors[driver.entries.length % actors.length];
    if (actor && driver.entries.length % 9 === 0)
      await driver.send(actor, 'add', { count: driver.entries.length % 5 });
    else driver.append({ kind: 'time' });
  }
}

function expectedAt(
  name: string,
  at: number,
  bytes: Bytes,
): { readonly code: string; readonly index: number } {
  const n = Number(/(\d{3})(?:\.p\/\d+)?$/.exec(name)?.[1]);
  if (name.startsWith('tile/0')) return { code: 'tile_mismatch', index: n * 256 + Math.floor(at / 32) };
  if (name.startsWith('tile/1')) return { code: 'tile_mismatch', index: Math.floor(at / 32) * 256 };
  let index = -1;
  for (let start = 0; start <= at; start += 2 + (bytes[start] ?? 0) * 256 + (bytes[start + 1] ?? 0))
    index += 1;
  return { code: 'leaf_mismatch', index: n * 256 + index };
}

function stripped(entry: LogEntry & { readonly kind: 'intent' }): LogEntry {
  const { kind, at, via, bytes, sig } = entry;
  return { kind, at, via, bytes, sig };
}
