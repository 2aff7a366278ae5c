/** Asks the browser to have the worker send what is stored, also when this page is gone. Browsers without background sync leave it to the next page. */
import { SYNC_TAG } from './syncTag.ts';

interface SyncingRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** Held from the start: a page that is being closed has no time to look for it. */
export function createSendLater(workers: ServiceWorkerContainer | undefined): () => void {
  let registration: SyncingRegistration | undefined;
  let isWanted = false;
  const register = () => {
    isWanted = true;
    // Forbidden by the person or the browser: the next page sends it.
    registration?.sync?.register(SYNC_TAG).catch(() => {});
  };
  void workers?.ready.then((ready) => {
    registration = ready;
    if (isWanted) register();
  });
  return register;
}
