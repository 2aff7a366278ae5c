/** Whoever chose to play, here or in the match before, sits down without being asked again; once a world. */
import type { Follower } from '@fairground/peer';
import { intendsToPlay, intendToPlay } from '#lib/room/intention.ts';
import type { RoomFacts } from '#lib/room/types.ts';
import type { TriviaView } from './view.ts';

interface Place {
  follower(): Follower;
  facts(): RoomFacts;
}

/** Call while a component is being set up. */
export function sitDown(place: Place, view: () => TriviaView, join: () => void): void {
  const seated = $derived(view().standings.some((seat) => seat.id === view().me));
  const over = $derived(view().phase === 'over' || view().phase === 'closed');
  let asked: Follower | undefined;
  $effect(() => {
    const { room } = place.facts();
    const follower = place.follower();
    if (asked === follower || seated || over || !room || !intendsToPlay(room)) return;
    asked = follower;
    join();
  });
  $effect(() => {
    const { room } = place.facts();
    if (seated && room) intendToPlay(room);
  });
}
