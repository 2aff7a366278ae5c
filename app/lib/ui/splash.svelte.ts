/**
 * The brand that app.html draws stays until the first page has something to show: a door or a skeleton that stands for a moment only jumps,
 * and costs a slow phone as much as what comes after it. Who waits too long is shown what is waited for.
 */
/** Since the navigation began: by 2.5 s a page should show what it is about. */
const PATIENCE_MS = 2_200;
const element = () => document.getElementById('splash');

/** `isUp`: what would only say that something is on its way need not be drawn. */
export const splash = $state({ isUp: false });

let holders = 0;

/** Before the first page is drawn. */
export function noteSplash(): void {
  splash.isUp = element() !== null;
}

/** For what is drawn while something is on its way (`$effect(holdSplash)`): let go of when it is gone. */
export function holdSplash(): () => void {
  holders++;
  return () => {
    holders--;
    // What comes in its place may wait for something, too.
    queueMicrotask(dropUnlessHeld);
  };
}

/** Once the first page is there; `now`: ms since the navigation began. */
export function beginPage(now = performance.now()): () => void {
  const timer = setTimeout(drop, Math.max(0, PATIENCE_MS - now));
  dropUnlessHeld();
  return () => clearTimeout(timer);
}

function dropUnlessHeld(): void {
  if (holders === 0) drop();
}

function drop(): void {
  splash.isUp = false;
  element()?.remove();
}
