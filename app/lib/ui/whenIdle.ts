/** Work that may wait until the page has nothing better to do; the result calls it off. */
export function whenIdle(work: () => void): () => void {
  let cancel = () => {};
  // A page that waits for an answer is idle too, and has better things to do when it comes.
  const timer = setTimeout(() => (cancel = idle(work)), SETTLED_MS);
  return () => {
    clearTimeout(timer);
    cancel();
  };
}

const SETTLED_MS = 1_500;
const LATEST_MS = 2_000;

/** Not everywhere is a browser that says when. */
function idle(work: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    work();
    return () => {};
  }
  const id = requestIdleCallback(work, { timeout: LATEST_MS });
  return () => cancelIdleCallback(id);
}
