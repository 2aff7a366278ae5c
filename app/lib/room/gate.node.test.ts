import type { DirectoryEntry } from '@fairground/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masonry } from './masonry.ts';
import { topicTable } from './topicTable.ts';

const topics = [
  { slug: 'pop', count: 40, language: 'en' },
  { slug: 'food', count: 9, language: 'en' },
];
const lobby = (change: Partial<DirectoryEntry>): DirectoryEntry =>
  ({
    ...{ room: 'r', world: 'w', game: 'trivia', code: null, title: '', topic: 'food' },
    ...{ phase: 'open', players: 2, seats: 8, openedAt: 0 },
    ...change,
  }) as DirectoryEntry;

describe('[U84] topics at the gate', () => {
  it('say how many lobbies and players are on, busy ones first', () => {
    const rooms = [
      lobby({}),
      lobby({ players: 3, phase: 'running' }),
      lobby({ phase: 'over' }),
      lobby({ game: 'nim' }),
    ];
    expect(topicTable(topics, rooms).map(({ slug, lobbies, players }) => [slug, lobbies, players])).toEqual([
      ['food', 2, 5],
      ['pop', 0, 0],
    ]);
  });

  it('lead to the fullest lobby that has a seat', () => {
    const rooms = [
      lobby({ title: 'few' }),
      lobby({ title: 'many', players: 7 }),
      lobby({ title: 'full', players: 8 }),
      lobby({ title: 'begun', players: 5, phase: 'running' }),
    ];
    expect(topicTable(topics, rooms)[0]?.open?.title).toBe('many');
    expect(topicTable(topics, [])[0]?.open).toBeUndefined();
  });
});

describe('[U85] cards in columns', () => {
  it('are all there once, the first ones at the top, and no column is more than a card longer than another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 })),
        fc.integer({ min: 1, max: 6 }),
        (heights, columns) => {
          const items = heights.map((height, id) => ({ id, height }));
          const piles = masonry(items, columns, ({ height }) => height);
          expect(piles).toHaveLength(columns);
          expect(
            piles
              .flat()
              .map(({ id }) => id)
              .toSorted((a, b) => a - b),
          ).toEqual(items.map(({ id }) => id));
          for (const pile of piles)
            expect(pile.map(({ id }) => id)).toEqual(pile.map(({ id }) => id).toSorted((a, b) => a - b));
          const sums = piles.map((pile) => pile.reduce((sum, { height }) => sum + height, 0));
          expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(5);
        },
      ),
    );
  });
});
