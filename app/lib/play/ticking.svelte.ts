/** The authority's clock on this screen, moving with the frames while somebody looks. */
export interface Ticking {
  /** Milliseconds since 1970 by the authority's clock. */
  readonly now: number;
}

/** Call while a component is being set up. `offset`: how far the authority's clock is ahead of this device's. */
export function createTicking(offset: () => number, running: () => boolean = () => true): Ticking {
  let now = $state(Date.now());
  $effect(() => {
    if (!running()) return;
    let frame = requestAnimationFrame(function tick() {
      now = Date.now();
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  });
  return {
    get now() {
      return now + offset();
    },
  };
}
