/** What the host is turning right now: shown at once, sent when the hand rests. */
import type { Drafts } from '#lib/room/types.ts';

export interface Drafting {
  turn(setting: string, value: number | boolean): void;
  /** The turned knobs, in the host's own name. */
  shown(by: string): Drafts;
  close(): void;
}

type Own = Record<string, number | boolean>;

/** How long the last turn of a knob rests before it is sent, ms. */
const SETTLE = 500;

export function createDrafting(send: (own: Own) => void): Drafting {
  let own = $state<Own>({});
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    send($state.snapshot(own));
    own = {};
  };
  return {
    turn(setting, value) {
      own = { ...own, [setting]: value };
      clearTimeout(timer);
      timer = setTimeout(flush, SETTLE);
    },
    shown: (by) => Object.fromEntries(Object.entries(own).map(([key, value]) => [key, { value, by }])),
    close: () => clearTimeout(timer),
  };
}
