/** When the host's device is not in the room: anybody seated may ask for it, and the first who is there does so unasked. */
import type { Person } from '@fairground/peer';
import { didToHex } from '../didHex.ts';
import type { TriviaView } from './view.ts';

export interface ClaimingSource {
  view(): TriviaView;
  /** Who is in the room; undefined where that is not known. */
  people(): readonly Person[] | undefined;
  claim(): void;
}

/** How long a host may be out of the room before it is missed, and before it is asked for unasked. */
const MISSED_MS = 10_000;
const ASKED_FOR_MS = 45_000;

/** Call while a component is being set up: its timers end with it. */
export function createClaiming(source: ClaimingSource): { readonly claim: (() => void) | undefined } {
  let missed = $state(false);
  const isAway = $derived(isHostAway(source.view(), source.people()));
  const isFirst = $derived(isFirstThere(source.view(), source.people() ?? []));

  $effect(() => {
    missed = false;
    if (!isAway) return;
    const miss = setTimeout(() => (missed = true), MISSED_MS);
    const ask = isFirst ? setTimeout(() => source.claim(), ASKED_FOR_MS) : undefined;
    return () => {
      clearTimeout(miss);
      clearTimeout(ask);
    };
  });
  return {
    get claim() {
      return missed && isAway ? source.claim : undefined;
    },
  };
}

/** Only where the match lets somebody else become host, and I have a seat. */
export function isHostAway(view: TriviaView, people: readonly Person[] | undefined): boolean {
  const isSeated = view.standings.some(({ id, present }) => id === view.me && present);
  const isOver = view.phase === 'over' || view.phase === 'closed';
  if (!people || !isSeated || isOver || (view.config.claimMs ?? 0) === 0 || view.me === view.host)
    return false;
  return !keysOf(people).has(view.host) && keysOf(people).has(view.me ?? '');
}

/** Of those who are there the one that stands first: one asks, not all at once. */
export function isFirstThere(view: TriviaView, people: readonly Person[]): boolean {
  const there = keysOf(people);
  const seats = view.standings.filter(({ id, present }) => present && there.has(id) && id !== view.host);
  return seats.map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1))[0] === view.me;
}

function keysOf(people: readonly Person[]): ReadonlySet<string> {
  return new Set(people.flatMap(({ key }) => (key === undefined ? [] : (didToHex(key) ?? []))));
}
