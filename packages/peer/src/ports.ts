/** What a peer needs of the machine it runs on; a simulation hands in its own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `fn` once after `ms`; the result cancels it. */
  setTimer(ms: number, fn: () => void): () => void;
}

export interface Ports {
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
  readonly WebSocket: typeof globalThis.WebSocket;
  random(length: number): Uint8Array<ArrayBuffer>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

/** The real ports: browser or Node ≥ 22. `crypto.getRandomValues` exists outside secure contexts too. */
export function systemPorts(): Ports {
  return {
    clock: systemClock,
    fetch: (input, init) => globalThis.fetch(input, init),
    WebSocket: globalThis.WebSocket,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  };
}
