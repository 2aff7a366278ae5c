/** A newer version of the app: a reload is offered when nobody plays here; nothing ever reloads by itself. */
import { version } from '$app/env';

/** What this page is busy with, told by whatever is played. */
export const pastime = $state({ playing: false });

export const update = $state({ ready: false });

let registration: ServiceWorkerRegistration | undefined;

/** Looks for a waiting worker now, when one has been installed, and when the page comes back to sight. */
export async function watchForUpdate(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  registration = await navigator.serviceWorker.ready;
  registration.addEventListener('updatefound', () => {
    const coming = registration?.installing;
    coming?.addEventListener('statechange', () => void look());
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration?.update().catch(() => {});
  });
  await look();
}

async function look(): Promise<void> {
  const waiting = registration?.waiting;
  if (!waiting) return;
  // A page that came over the network is the newest already: only the worker has to follow.
  if ((await versionOf(waiting)) === version) waiting.postMessage('take over');
  else update.ready = true;
}

function versionOf(worker: ServiceWorker): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener('message', ({ data }) => resolve(data), { once: true });
    port1.start();
    worker.postMessage('version', [port2]);
  });
}

/** The person's choice: the new version takes over, and this page becomes it. */
export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration?.waiting?.postMessage('take over');
}
