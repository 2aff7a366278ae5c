/** Long work in slices, so that a page still paints and a server still answers. */

interface Host {
  readonly performance?: { now(): number };
  readonly scheduler?: { yield?(): Promise<void> };
  readonly setImmediate?: (act: () => void) => unknown;
  readonly setTimeout?: (act: () => void, ms: number) => unknown;
}

const host = globalThis as unknown as Host;
const slice = 24;

/** Milliseconds by a clock that never goes back; 0 where the engine has none. */
export function stopwatch(): () => number {
  const start = host.performance?.now() ?? 0;
  return () => (host.performance?.now() ?? 0) - start;
}

/** Waits for the event loop's other work whenever the last wait is 24 ms ago. */
export function createPace(): () => Promise<void> {
  let since = stopwatch();
  return async () => {
    if (since() < slice) return;
    await breathe();
    since = stopwatch();
  };
}

function breathe(): Promise<void> {
  if (host.scheduler?.yield) return host.scheduler.yield();
  return new Promise((resolve) => {
    if (host.setImmediate) host.setImmediate(resolve);
    else if (host.setTimeout) host.setTimeout(resolve, 0);
    else resolve();
  });
}
