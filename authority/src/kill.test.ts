import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bytes, decodeEntry, intentHash, parseReceipt, unwrap } from '@fairground/ledger';
import type { CreateReplyBody } from '@fairground/protocol';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type * as Y from 'yjs';
import { fsck } from './fsck/fsck.ts';
import { startChild } from './testing/childParty.ts';
import { createDevice } from './testing/device.ts';
import type { Doom } from './testing/doom.ts';
import { doChores, joinAll, sealAnswer, triviaState } from './testing/players.ts';
import { playStubbornly } from './testing/stubbornParty.ts';
import { verifyBundle } from './testing/verify.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const patience = { timeout: 60_000, interval: 20 };

describe('an authority that is killed with -9', () => {
  it('[A90] in the middle of a question: what was receipted is in the log, the match goes on, every commitment opens', async () => {
    const home = await mkdtemp(join(tmpdir(), 'fair-kill-'));
    folders.push(home);
    const [dataDir, lockDir] = [join(home, 'data'), join(home, 'lock')];
    const docs = new Map<string, Y.Doc>();
    const first = await startChild(dataDir, lockDir, docs);
    const [ann, bob] = [createDevice('Ann'), createDevice('Bob')];
    const config = { topics: ['science'], questions: 1, graceMs: 0, revealMs: 2000, afterMs: 0 };
    const request = { authority: first.hello.key, game: 'trivia', config, nonce: 1, at: Date.now() };
    const made = await first.relay.send('create', ann.create(request));
    const { world } = made.body as unknown as CreateReplyBody;
    await joinAll(first, world, 'trivia', [ann, bob]);
    await first.send(ann, world, 'start');
    await vi.waitUntil(() => triviaState(first, world).draw?.locked, patience);
    await doChores(first, world, [ann, bob]);
    await vi.waitUntil(() => triviaState(first, world).phase === 'open', patience);
    const answer = sealAnswer(first, world, ann, 0);
    const answered = await first.relay.send('intent', answer, world);
    expect(answered.status).toBe(200);
    // Under way when it falls: never answered, and sent again as the relay does.
    const underWay = sealAnswer(first, world, bob, 1);
    void first.relay.send('intent', underWay, world);
    await first.kill();

    const second = await startChild(dataDir, lockDir, docs);
    const [again, late] = await Promise.all([
      second.relay.send('intent', answer, world),
      second.relay.send('intent', underWay, world),
    ]);
    expect(again.body).toEqual(answered.body);
    expect(late.status).toBe(200);
    await vi.waitUntil(() => triviaState(second, world).phase === 'revealed', patience);
    await vi.waitUntil(() => second.follow(world).closed, patience);
    const { receipt } = answered.body as { readonly receipt: readonly [Bytes, Bytes] };
    const { index, intentHash: hash } = unwrap(parseReceipt(receipt[0]));
    expect(hash).toEqual(intentHash(answer.payload));
    const seats = triviaState(second, world).seats;
    expect(seats.map(({ turns }) => turns[0]?.choice)).not.toContain(-1);
    expect(seats[0]?.turns[0]?.entry).toBe(index);
    expect(await verifyBundle(second, world)).toMatchObject({ valid: true, failure: null });
    await second.kill();
    expect(await fsck({ dataDir, lockDir })).toMatchObject({ ok: true, faults: [], worlds: 1 });
  });

  /** In the order of a match; each process falls at one of them, the next goes on from there. */
  const dooms: readonly Doom[] = [
    { what: 'genesis', stage: 'before' },
    { what: 'genesis', stage: 'stored' },
    { what: 'join', stage: 'during' },
    // Commitments and the draw's lock are one commit.
    { what: 'commit', stage: 'before' },
    { what: 'lock', stage: 'stored' },
    { what: 'dice', stage: 'before' },
    // The last share, the dice, the key and the question are one commit.
    { what: 'key', stage: 'during' },
    { what: 'answer', stage: 'stored' },
    // The last answer closes the question: it, all parts of the lot and the right answer are one commit.
    { what: 'lot', stage: 'before' },
    { what: 'lot', stage: 'during' },
    { what: 'close', stage: 'before' },
    { what: 'close', stage: 'locked' },
  ];

  it('[A92] at every point of a match: it ends as it would have, each receipted intent in its place, and the folder is sound', async () => {
    const home = await mkdtemp(join(tmpdir(), 'fair-doom-'));
    folders.push(home);
    const [dataDir, lockDir] = [join(home, 'data'), join(home, 'lock')];
    const { world, party, lives, sent } = await playStubbornly(dataDir, lockDir, dooms);
    expect(lives).toBe(dooms.length + 1);
    const state = triviaState(party, world);
    expect(state.reason).toBe('finished');
    expect(state.seats.map(({ turns }) => turns[0]?.choice)).toEqual([
      expect.any(Number),
      expect.any(Number),
    ]);
    expect(state.seats.map(({ turns }) => turns[0]?.choice)).not.toContain(-1);
    const entries = party.relay.batches(world).flatMap((batch) => batch.entries);
    for (const { mail, reply } of sent.filter(({ kind }) => kind === 'intent')) {
      if (!reply) throw new Error('an intent was not answered');
      const { receipt } = reply.body as { readonly receipt: readonly [Bytes, Bytes] };
      const { index } = unwrap(parseReceipt(receipt[0]));
      const entry = unwrap(decodeEntry(entries[index] ?? new Uint8Array(0)));
      expect(entry.kind === 'intent' && intentHash(entry.bytes)).toEqual(intentHash(mail.payload));
    }
    expect(await verifyBundle(party, world)).toMatchObject({ valid: true, failure: null });
    await party.kill();
    expect(await fsck({ dataDir, lockDir })).toMatchObject({ ok: true, faults: [], worlds: 1 });
  });
});
