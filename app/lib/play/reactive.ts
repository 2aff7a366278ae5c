/** A peer's `Live` value as something that Svelte tracks. */
import type { Live } from '@fairground/peer';
import { createSubscriber } from 'svelte/reactivity';

export interface Reactive<T> {
  readonly current: T;
}

export function reactive<T>(live: Live<T>): Reactive<T> {
  const track = createSubscriber((update) => {
    let first = true;
    return live.subscribe(() => {
      // The store calls at once with the value that is being read anyway.
      if (!first) update();
      first = false;
    });
  });
  return {
    get current() {
      track();
      return live.value;
    },
  };
}
