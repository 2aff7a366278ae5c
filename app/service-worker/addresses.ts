/** Which addresses the shell answers from what it keeps. */

/** WebAssembly of several megabytes is not for everybody: kept when first used. */
export function isHeavy(path: string): boolean {
  return path.endsWith('.wasm');
}

/** Named by its content: it never changes under its address. */
export function isBuilt(path: string): boolean {
  return path.startsWith('/_app/immutable/');
}

const RELAY = /^\/(session|docs|repo|mail|worlds|codes|rooms|log|authority|bank|healthz|metrics)(\/|$)/u;

/** False for what the relay answers itself: documents, logs, rooms are never kept. */
export function isPage(path: string): boolean {
  return !RELAY.test(path);
}
