/** An authority that lies: every checkpoint here is truly signed, over entries that should never have been. */
import { decodeEntry, encodeEntry, type LogEntry, sha256, unwrap } from '@fairground/ledger';
import { buildWorld, counter, guessing, signEntries } from '@fairground/ledger/testing';
import { describe, expect, it } from 'vitest';
import { createVerifiedLog } from './verifiedLog.ts';

const honest = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'lies', script: guessing });
const entries = honest.entries.map((bytes) => unwrap(decodeEntry(bytes)));
const garbled = sha256(new Uint8Array([1]));
const follow = () => createVerifiedLog(honest.world.opening.world, () => counter);

type Lie = (entry: LogEntry) => LogEntry | undefined;

const lies: readonly (readonly [string, Lie])[] = [
  ['refusal_mismatch', (e) => (e.kind === 'intent' && !e.refused ? { ...e, refused: 'no_seat' } : undefined)],
  ['state_mismatch', (e) => (e.kind === 'state' ? { ...e, hash: garbled } : undefined)],
  [
    'commit_again',
    (e) =>
      e.kind === 'time' ? { ...e, kind: 'commit', what: 'ask', from: 0, commits: [garbled] } : undefined,
  ],
  ['lot_key', (e) => (e.kind === 'time' ? { ...e, kind: 'key', lot: 0, pk: garbled } : undefined)],
  [
    'reveal_mismatch',
    (e) => (e.kind === 'reveal' && e.what === 'ask' ? { ...e, value: 'another' } : undefined),
  ],
  ['reveal_uncommitted', (e) => (e.kind === 'reveal' && e.what === 'ask' ? { ...e, index: 1 } : undefined)],
  [
    'lot_opening',
    (e) => (e.kind === 'lot' ? { ...e, openings: e.openings.map((o) => ({ ...o, value: 9 })) } : undefined),
  ],
  [
    'lot_void_false',
    (e) => (e.kind === 'lot' ? { ...e, openings: [], void: e.openings.map((o) => o.index) } : undefined),
  ],
  ['lot_incomplete', (e) => (e.kind === 'lot' ? { ...e, openings: [] } : undefined)],
  ['intent_signature', (e) => (e.kind === 'intent' ? { ...e, sig: new Uint8Array(64) } : undefined)],
];

/** The honest entries up to the lie, then the lie, then what came after it. */
async function tell(lie: Lie) {
  const index = entries.findIndex((entry) => lie(entry) !== undefined);
  const told = entries[index] && lie(entries[index]);
  const forged = honest.entries.map((bytes, i) => (i === index && told ? encodeEntry(told) : bytes));
  const sign = (size: number) => signEntries(honest.authority, honest.world.origin, forged.slice(0, size));
  return { index, forged, sign };
}

describe('a follower of a lying authority', () => {
  it.each(lies)('[D20] finds %s, whether it follows live or comes later', async (code, lie) => {
    const { index, forged, sign } = await tell(lie);
    const live = follow();
    for (const [first, entry] of forged.entries()) {
      const extended = await live.extend({ first, entries: [entry], checkpoint: await sign(first + 1) });
      if (first < index) expect(extended.ok).toBe(true);
      else {
        expect(extended).toMatchObject({ ok: false, fault: { blame: 'authority', code, index } });
        break;
      }
    }
    expect([live.entries.length, live.level]).toEqual([index, 'audited']);
    const late = await follow().extend({
      first: 0,
      entries: forged.slice(0, index + 1),
      checkpoint: await sign(index + 1),
    });
    expect(late).toMatchObject({ ok: false, fault: { blame: 'authority', code, index } });
  });

  it('[D20] has nothing to say against the honest one', async () => {
    const { checkpoint } = honest;
    const log = follow();
    expect(log.level).toBe('signed');
    expect((await log.extend({ first: 0, entries: honest.entries, checkpoint })).ok).toBe(true);
    expect([log.level, log.opened?.replayed.closed?.reason]).toEqual(['audited', 'over']);
  });
});
