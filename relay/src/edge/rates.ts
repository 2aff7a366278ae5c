/** Budgets that refill evenly: one per limit and subject, forgotten when full again. */
import type { Limit } from '@fairground/protocol';
import type { Clock } from '../ports.ts';

export interface Budget {
  /** Takes from the budget; seconds to wait when there is not enough. */
  take(amount?: number): number | undefined;
  /** Returns what was taken for something that turned out to be welcome. */
  giveBack(): void;
  /** When it was last used. */
  readonly at: number;
}

export interface Rates {
  take(limit: Limit, subject: string, amount?: number): number | undefined;
  giveBack(limit: Limit, subject: string): void;
}

/** `factor` widens the limit. */
export function createBudget(clock: Clock, limit: Limit, factor = 1): Budget {
  const { windowMs = 60_000 } = limit;
  const max = limit.max * factor;
  let left = max;
  let at = clock.now();
  return {
    get at() {
      return at;
    },
    take(amount = 1) {
      const now = clock.now();
      left = Math.min(max, left + ((now - at) * max) / windowMs);
      at = now;
      if (left < amount) return Math.max(1, Math.ceil(((amount - left) * windowMs) / max / 1000));
      left -= amount;
      return undefined;
    },
    giveBack() {
      left = Math.min(max, left + 1);
    },
  };
}

const sweepAbove = 50_000;

/** `addressFactor` widens the limits per address, for a school behind one address. */
export function createRates(clock: Clock, addressFactor = 1): Rates {
  const budgets = new Map<string, Budget>();
  const idOf = (limit: Limit, subject: string) => `${limit.code}/${limit.per}/${limit.max}/${subject}`;
  return {
    giveBack: (limit, subject) => budgets.get(idOf(limit, subject))?.giveBack(),
    take(limit, subject, amount) {
      const id = idOf(limit, subject);
      const budget =
        budgets.get(id) ?? createBudget(clock, limit, limit.per === 'address' ? addressFactor : 1);
      budgets.set(id, budget);
      if (budgets.size > sweepAbove) sweep(budgets, clock.now());
      return budget.take(amount);
    },
  };
}

/** Every window is shorter than an hour: what is older is full again. */
function sweep(budgets: Map<string, Budget>, now: number): void {
  for (const [id, { at }] of budgets)
    if (now - at > 3_600_000 || budgets.size > 2 * sweepAbove) budgets.delete(id);
}
