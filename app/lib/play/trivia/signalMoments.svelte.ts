/** Signals what happens to me in a match: a question is out, my answer is locked, it was right or wrong. Each once. */
import { type Signal, signal } from '../signals.ts';
import type { TriviaScreen } from './screen.ts';

type Moments = Pick<TriviaScreen, 'view' | 'lock'>;

/** Call while a component is being set up. */
export function signalMoments(screen: () => Moments, say: (what: Signal) => void = signal): void {
  let before: string | undefined;
  $effect(() => {
    const now = momentOf(screen());
    // What stood there when the page opened is nothing new.
    if (before !== undefined && now !== undefined && now.key !== before) say(now.what);
    before = now?.key ?? before ?? '';
  });
}

function momentOf({ view, lock }: Moments): { readonly what: Signal; readonly key: string } | undefined {
  const { round, phase, me } = view;
  if (!round || me === undefined) return undefined;
  const mine = phase === 'revealed' ? round.result?.mine : undefined;
  if (mine && mine.reason !== 'not_asked')
    return { what: mine.right ? 'right' : 'wrong', key: `${round.index} over` };
  if (phase !== 'open' || round.text === '') return undefined;
  return lock
    ? { what: 'locked', key: `${round.index} locked` }
    : { what: 'asked', key: `${round.index} asked` };
}
