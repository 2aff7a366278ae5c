import { bytesToHex } from '@fairground/ledger';
import { answer, entriesOf, send, startEvening, type TriviaTable, wait } from '@fairground/rules/testing';
import { describe, expect, it } from 'vitest';
import { createSkipReader, nameSkipped } from './skipped.ts';

const bytesOf = (table: TriviaTable) => entriesOf(table).map((entry) => new Uint8Array(entry));

function skippedOnce() {
  const { table, players } = startEvening({ seed: 'skipped', config: { questions: 3 } }, 'host', 'bob');
  const read = createSkipReader();
  const before = read(bytesOf(table));
  expect(send(table, players[1], 'skip')).toBe('not_host');
  const refused = read(bytesOf(table));
  expect(send(table, players[0], 'skip')).toBeUndefined();
  return { table, players, read, before, refused };
}

describe('[U200] a question that the host took out', () => {
  it('is named by its host, and by nobody whose word was refused', () => {
    const { table, players, read, before, refused } = skippedOnce();
    expect([before, refused]).toEqual([undefined, undefined]);
    const skipped = read(bytesOf(table));
    expect(skipped?.by).toBe(bytesToHex(players[0].key));
    const standings = [{ id: skipped?.by, name: 'Ana' }] as never;
    expect(nameSkipped(skipped, standings)).toEqual({ name: 'Ana', at: skipped?.at });
    expect(nameSkipped(skipped, [])).toEqual({ name: undefined, at: skipped?.at });
  });

  it('is told until the next answer is shown, also to whoever reads all of it at once', () => {
    const { table, players, read } = skippedOnce();
    wait(table, 1_000);
    expect(createSkipReader()(bytesOf(table))).toEqual(read(bytesOf(table)));
    for (const player of players) answer(table, player, 0);
    wait(table, 1_500);
    expect(read(bytesOf(table))).toBeUndefined();
    expect(createSkipReader()(bytesOf(table))).toBeUndefined();
  });
});
