import { expect, it } from 'vitest';
import { startReadOnly } from './startReadOnly.ts';
import { whyNoMount } from './troubles.ts';

const why = whyNoMount();

it.skipIf(why !== undefined)(
  `[K5] a start on a read-only disk is refused with a sentence, and works when it can be written${why === undefined ? '' : ` (${why})`}`,
  async () => {
    expect(await startReadOnly(['start'])).toEqual([]);
  },
  120_000,
);
