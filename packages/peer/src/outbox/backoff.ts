/** Exponential backoff with full jitter: between half and all of 250 ms · 2^attempt, at most 15 s. `random` is a byte. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(15_000, 250 * 2 ** Math.min(attempt, 10));
  return Math.floor(ceiling / 2 + (ceiling / 2) * (random / 255));
}

/** As long as the relay asks for and up to a quarter more, so that not everybody comes back at once; no relay can ask for more than five minutes. */
export function patienceMs(askedMs: number, random: number): number {
  const asked = Math.min(300_000, Math.max(0, askedMs));
  return Math.floor(asked + (asked / 4) * (random / 255));
}
