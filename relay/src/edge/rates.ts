/** Budgets that refill evenly: one per limit and subject. */
import type { Limit } from '@fairground/protocol';
import type { Clock } from '../ports.ts';

export interface Budget {
  /** Takes from the budget; seconds to wait when there is not enough. */
  take(amount?: number): number | undefined;
  /** Returns what was taken for something that turned out to be welcome. */
  giveBack(): void;
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

const mostBudgets = 100_000;

/** `addressFactor` widens the limits per address, for a school behind one address. */
export function createRates(clock: Clock, addressFactor = 1): Rates {
  // In the order of their last use: what is forgotten is what nobody has used for the longest time, and forgetting costs nothing.
  const budgets = new Map<string, Budget>();
  // Two rows of the table may say the same of different things.
  const rows = new WeakMap<Limit, number>();
  let count = 0;
  const idOf = (limit: Limit, subject: string) => {
    const row = rows.get(limit) ?? count++;
    rows.set(limit, row);
    return `${row}/${subject}`;
  };
  return {
    giveBack: (limit, subject) => budgets.get(idOf(limit, subject))?.giveBack(),
    take(limit, subject, amount) {
      const id = idOf(limit, subject);
      const budget =
        budgets.get(id) ?? createBudget(clock, limit, limit.per === 'address' ? addressFactor : 1);
      budgets.delete(id);
      budgets.set(id, budget);
      if (budgets.size > mostBudgets) forgetOldest(budgets);
      return budget.take(amount);
    },
  };
}

function forgetOldest(budgets: Map<string, Budget>): void {
  const [oldest] = budgets.keys();
  if (oldest !== undefined) budgets.delete(oldest);
}
