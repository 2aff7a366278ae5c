import { takeBegun } from './begun.ts';

/** How long the relay asked to be left alone: the peer says why it refused, this remembers for how long. */
let until = 0;

/** `fetch`, with an eye on the `retryAfter` seconds of a refusal for haste (429). */
export const patientFetch: typeof globalThis.fetch = async (input, init) => {
  const response = await (takeBegun(input, init) ?? globalThis.fetch(input, init));
  if (response.status === 429) until = Date.now() + 1000 * (await retryAfter(response.clone()));
  return response;
};

async function retryAfter(response: Response): Promise<number> {
  const problem: unknown = await response.json().catch(() => undefined);
  if (typeof problem !== 'object' || problem === null || !('retryAfter' in problem)) return 1;
  const { retryAfter: seconds } = problem;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? Math.max(1, seconds) : 1;
}

/** Rounded up, at least one. */
export function secondsToWait(now = Date.now()): number {
  return Math.max(1, Math.ceil((until - now) / 1000));
}
