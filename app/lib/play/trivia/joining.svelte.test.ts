import type { OutboxRecord } from '@fairground/peer';
import { flushSync, tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isGenerated } from '../names.ts';
import { profile, saveProfile } from '../profile.svelte.ts';
import { createJoining } from './joining.svelte.ts';
import type { TriviaView } from './view.ts';

type Record = Pick<OutboxRecord, 'id' | 'state' | 'code'>;
const GENERATED = 'Velvet Otter';
const before = profile.name;
let end = () => {};

beforeEach(() => saveProfile({ name: GENERATED }));
afterEach(() => {
  end();
  saveProfile({ name: before });
});

/** A page whose device keeps what it asks for; `there`: what was refused before it opened. */
function open({ there = [], names = [] }: { there?: readonly Record[]; names?: readonly string[] } = {}) {
  let records = $state.raw<readonly Record[]>(there);
  const asked: string[] = [];
  const view = { me: undefined, standings: names.map((name) => ({ id: name, name })) };
  let join = () => {};
  end = $effect.root(() => {
    join = createJoining({
      view: () => view as unknown as TriviaView,
      facts: () => ({ room: undefined }),
      records: () => records,
      isJoining: () => records.some(({ state }) => state === 'stored'),
      submit: async () => {
        asked.push(profile.name);
        const record: Record = { id: `join ${asked.length}`, state: 'stored' };
        records = [...records, record];
        return record;
      },
    });
  });
  return {
    asked,
    join: () => join(),
    /** The authority decides about the newest. */
    async decide(state: Record['state'], code?: string) {
      records = records.map((record, place) =>
        place === records.length - 1 ? { ...record, state, ...(code === undefined ? {} : { code }) } : record,
      );
      await tick();
      await tick();
    },
  };
}

describe('[U245] a name that nobody chose', () => {
  it('that somebody took in the same moment gives way, and the seat is asked for again', async () => {
    const page = open();
    page.join();
    expect(page.asked).toEqual([GENERATED]);
    await page.decide('refused', 'name_taken');
    expect(page.asked).toHaveLength(2);
    expect(page.asked[1]).not.toBe(GENERATED);
    expect([page.asked[1], isGenerated(profile.name)]).toEqual([profile.name, true]);
    await page.decide('counted');
    expect(page.asked).toHaveLength(2);
  });

  it('stays where something else was refused, and where somebody chose it', async () => {
    const page = open();
    page.join();
    await page.decide('refused', 'seats_full');
    expect(page.asked).toEqual([GENERATED]);
    saveProfile({ name: 'Ann' });
    page.join();
    await page.decide('refused', 'name_taken');
    expect([page.asked, profile.name]).toEqual([[GENERATED, 'Ann'], 'Ann']);
  });

  it('is nobody’s to change for what an earlier page or another tab was refused', async () => {
    const page = open({ there: [{ id: 'of old', state: 'refused', code: 'name_taken' }] });
    flushSync();
    expect([page.asked, profile.name]).toEqual([[], GENERATED]);
    page.join();
    await page.decide('counted');
    expect([page.asked, profile.name]).toEqual([[GENERATED], GENERATED]);
  });

  it('gives way before it is asked for where somebody here has it', () => {
    const page = open({ names: ['VELVET OTTER'] });
    page.join();
    expect(page.asked).toEqual([profile.name]);
    expect(profile.name).not.toBe(GENERATED);
  });
});
