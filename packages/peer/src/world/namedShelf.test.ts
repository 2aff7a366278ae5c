import {
  blobPath,
  bytesToHex,
  dealCommit,
  sha256,
  unwrap,
  utf8ToBytes,
  verify,
  zipSource,
} from '@fairground/ledger';
import { buildWorld, counter } from '@fairground/ledger/testing';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../http.ts';
import { createNamedShelf } from './namedShelf.ts';
import { takeHome } from './takeHome.ts';
import { createVerifiedLog } from './verifiedLog.ts';

const picture = utf8ToBytes('a picture');
const hash = bytesToHex(sha256(picture));
const found: Reply<Uint8Array> = { ok: true, status: 200, value: picture };
const away: Reply<Uint8Array> = { ok: false, code: 'unreachable', message: 'Nobody answers.', status: 0 };

/** A relay that answers one reply after the other, the last one for ever. */
function relayThat(...replies: readonly Reply<Uint8Array>[]) {
  const asked: string[] = [];
  const read = async (path: string) => replies[Math.min(asked.push(path), replies.length) - 1] ?? away;
  return { asked, shelf: createNamedShelf(read) };
}

describe('files that a log names', () => {
  it('[D190] one is asked for once, however many look at it, and given out when it has its hash', async () => {
    const { asked, shelf } = relayThat(found);
    const both = await Promise.all([shelf.file(hash), shelf.file(hash)]);
    expect(both).toEqual([
      { ok: true, value: picture },
      { ok: true, value: picture },
    ]);
    await shelf.file(hash);
    expect(asked).toEqual([blobPath(picture)]);
  });

  it('[D190] what has another hash is given to nobody, and what failed is asked for again', async () => {
    const changed: Reply<Uint8Array> = { ok: true, status: 200, value: utf8ToBytes('another picture') };
    const { shelf } = relayThat(away, changed, found);
    expect(await shelf.file(hash)).toMatchObject({ ok: false, code: 'unreachable' });
    expect(await shelf.file(hash)).toEqual({ ok: false, code: 'file_mismatch', message: undefined });
    expect(await shelf.file(hash)).toEqual({ ok: true, value: picture });
  });
});

it('[D191] what is taken home has the pictures that its entries name, as far as they are at hand', async () => {
  const evening = await buildWorld({
    game: counter,
    config: { goal: 9 },
    seed: 'home with pictures',
    script: async (driver) => {
      const value = { text: 'What is this?', image: { alt: 'A thing', hash } };
      const deal = {
        world: driver.world.opening.world,
        what: 'ask',
        index: 0,
        nonce: driver.secret('n'),
        value,
      };
      driver.append({ kind: 'commit', what: 'ask', from: 0, commits: [dealCommit(deal)] });
      driver.append({ kind: 'reveal', what: 'ask', index: 0, nonce: deal.nonce, value });
    },
  });
  const log = createVerifiedLog(evening.world.opening.world, () => counter);
  await log.extend({ first: 0, entries: evening.entries, checkpoint: evening.checkpoint });
  for (const [reply, names] of [
    [found, [blobPath(picture)]],
    [away, []],
  ] as const) {
    const source = unwrap(zipSource(await takeHome(log, { shelf: relayThat(reply).shelf })));
    expect(source.names?.filter((name) => name.startsWith('blob/'))).toEqual(names);
    expect(await verify(source, { games: [counter], level: 'full' })).toMatchObject({ valid: true });
  }
});
