/** Names that somebody here has already, as the rules compare them. */
import { foldName } from '@fairground/rules';

/** The first name made that looks like none of `taken`; what is made last where nearly all are. */
export function freeName(taken: readonly string[], make: () => string): string {
  let name = make();
  for (let tries = 1; tries < MOST_TRIES && looksLikeOneOf(name, taken); tries++) name = make();
  return name;
}

const MOST_TRIES = 100;

export function looksLikeOneOf(name: string, others: readonly string[]): boolean {
  return others.some((other) => foldName(other) === foldName(name));
}
