import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyToDid, unwrap } from '@fairground/ledger';
import { type OutboxRecord, takeReceipts } from '@fairground/peer';
import type { ToAuthority, ToRelay } from '@fairground/protocol';
import { ANSWER_SIZE } from '@fairground/rules';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runJson } from '../testing/run.ts';
import { kindOf, namesIn, openTable, phaseOf, receipted, witnessKey } from './scene.fixture.ts';
import { openStage, type Person, type Stage } from './stage.fixture.ts';

let stage: Stage;
let folder: string;
beforeEach(async () => {
  stage = openStage();
  folder = await mkdtemp(join(tmpdir(), 'fairground-receipts-'));
});
afterEach(async () => {
  await stage.close();
  await rm(folder, { recursive: true, force: true });
});

/** What `fairground verify <log> --receipt` says of what one took along and another's file of the match. */
async function asked(own: readonly OutboxRecord[], other: Person, ...more: readonly string[]) {
  const [log, words] = [join(folder, 'match.fair'), join(folder, 'receipts.json')];
  await writeFile(log, await other.follower.takeHome());
  await writeFile(words, takeReceipts(own) ?? expect.fail('nothing was signed'));
  return runJson(['verify', log, '--receipt', words, '--json', ...more]);
}

it('[D94] what a device takes along says that all is well, and proves a drop by another’s file of the match', async () => {
  const liar = await stage.open();
  const [, [ada, bob, cleo]] = await openTable(stage, liar, ['Ada', 'Bob', 'Cleo']);
  if (!ada || !bob || !cleo) throw new Error('three people');
  expect(takeReceipts(cleo.follower.mine.value)).toBeUndefined();
  expect(await asked(ada.follower.mine.value, cleo)).toMatchObject({
    code: 1,
    json: { code: 'receipt_kept' },
  });
  const point = liar.point();
  liar.hand.toRelay = (frame: ToRelay) => (frame.t === 'reply' ? frame : undefined);
  await bob.join();
  await receipted(bob);
  delete liar.hand.toRelay;
  await liar.goBackTo(point);
  await cleo.join();
  await cleo.sees({ status: 'fault' });
  expect(await asked(bob.follower.mine.value, cleo)).toMatchObject({
    code: 0,
    json: { verdict: 'convicts', against: 'authority', code: 'drop', index: 2 },
  });
});

it('[D94] and a delay, where the relay that saw it is known', async () => {
  const liar = await stage.open();
  const [ada, bob] = [stage.person('Ada', liar), stage.person('Bob', liar)];
  const config = { topics: ['general'], questions: 1, windowMs: 20_000, graceMs: 0 };
  const joined = unwrap(await ada.peer.createWorld({ game: 'trivia', config, visibility: 'listed' }));
  for (const person of [ada, bob]) {
    await person.lookOn(joined);
    await person.join();
    await person.sees(({ view }) => namesIn(view).includes(person.name));
  }
  await ada.follower.submit({ kind: 'start' });
  await bob.sees(({ view }) => phaseOf(view) === 'open');
  const held: ToAuthority[] = [];
  liar.hand.toAuthority = (frame) => {
    if (frame.t !== 'mail' || kindOf(frame) !== 'answer') return frame;
    held.push(frame);
    return undefined;
  };
  unwrap(await bob.follower.submit({ kind: 'answer', seal: { lot: 0, value: 0, size: ANSWER_SIZE } }));
  await vi.waitFor(() => expect(held.length).toBeGreaterThan(0), 60_000);
  await bob.sees(({ charges }) => charges.length > 0);
  await ada.sees(({ size }) => size >= bob.follower.value.size);
  const known = join(folder, 'relays.txt');
  await writeFile(known, keyToDid(unwrap(await witnessKey(liar))));
  expect(await asked(bob.follower.mine.value, ada, '--known', known)).toMatchObject({
    code: 0,
    json: { verdict: 'convicts', against: 'carrier', code: 'delay' },
  });
  expect(await asked(bob.follower.mine.value, ada)).toMatchObject({
    code: 1,
    json: { code: 'witness_unknown' },
  });
});
