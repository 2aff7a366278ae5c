/** A newer version of the app: a reload is offered when nobody plays here; nothing ever reloads by itself. */
import { version } from '$app/env';
import { whenIdle } from '#lib/ui/whenIdle.ts';
import { updated } from '$app/state';

/** What this page is busy with, told by whatever is played. */
export const pastime = $state({ playing: false });

export const update = $state({ ready: false });

let registration: ServiceWorkerRegistration | undefined;

/** Keeps the app for the next visit once the page has nothing better to do, and looks for a waiting worker then, when one has been installed, and when the page comes back to sight; the result calls off what has not begun. */
export function keepApp(): () => void {
  if (!('serviceWorker' in navigator)) return () => {};
  void watchForUpdate();
  return whenIdle(() => {
    // Private windows of some browsers forbid it; the settings say what is missing.
    navigator.serviceWorker.register('/service-worker.js', { type: 'module' }).catch(() => {});
  });
}

async function watchForUpdate(): Promise<void> {
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

/**
 * Whether this page is older than what its server has now: one that a service worker kept, or that was opened before. Then the server may
 * speak of what the page does not know, and no longer have the parts that the page would load.
 */
export async function isOld(): Promise<boolean> {
  const old = await updated.check();
  if (old) update.ready = true;
  return old;
}

/** The person's choice: the new version takes over, and this page becomes it. */
export function takeUpdate(): void {
  if (!registration?.waiting) return location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration.waiting.postMessage('take over');
}
