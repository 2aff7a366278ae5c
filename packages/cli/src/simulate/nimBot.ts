/** Plays nim: takes what leaves a multiple of four, else one, two or three by chance. */
import { bytesToHex } from '@fairground/ledger';
import { z } from 'zod';
import type { BotMaker, Move } from './bot.ts';
import { seatKeys } from './seat.ts';
import type { Seed } from './seeds.ts';

const View = z.object({
  phase: z.string(),
  stones: z.int(),
  turn: z.object({ id: z.string() }).nullish(),
  seats: z.array(z.object({ id: z.string() })),
});

const HESITATES_MS = 150;

export function nimBot({ seed }: { readonly seed: Seed }): BotMaker {
  return (seat) => {
    const id = bytesToHex(seat.key);
    return (shown) => {
      const view = View.parse(shown);
      if (!view.seats.some((other) => other.id === id)) {
        const { rand } = seatKeys(seat);
        return [{ once: 'join', afterMs: 0, wish: { kind: 'join', body: { name: seat.name, rand } } }];
      }
      return view.turn?.id === id && view.stones > 0
        ? [take(view.stones, seed.draws(`${seat.name}/${view.stones}`))]
        : [];
    };
  };
}

function take(stones: number, chance: ReturnType<Seed['draws']>): Move {
  const best = stones % 4;
  const count = best === 0 ? Math.min(stones, 1 + chance.below(3)) : best;
  return {
    once: `take at ${stones}`,
    afterMs: chance.below(HESITATES_MS),
    wish: { kind: 'take', body: { count } },
  };
}
