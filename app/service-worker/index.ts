/** The shell opens offline: built files are kept; what changes (documents, logs, rooms) always goes to the network. */
import './withoutEval.ts';
import { version } from '$app/env';
import { assets, immutable } from '$app/manifest';
import { self } from '$app/service-worker';
import { isBuilt, isHeavy, isPage } from './addresses.ts';
import { SYNC_TAG } from '../lib/play/syncTag.ts';
import { sendStored } from './sendStored.ts';

const SHELL = `shell-${version}`;
const files = [...immutable, ...assets].map(({ path }) => `/${path}`).filter((path) => !isHeavy(path));
const known = new Set(files);

self.addEventListener('install', (event) => {
  // A newer worker waits: until the pages of the older one are closed, or somebody there takes the new version.
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(['/', ...files])));
});

self.addEventListener('message', ({ data, ports }) => {
  if (data === 'version') ports[0]?.postMessage(version);
  if (data === 'take over') void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOld().then(() => self.clients.claim()));
});

/** Not among TypeScript's: Chromium has it alone. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

self.addEventListener('sync', (event) => {
  const { tag } = event as SyncEvent;
  if (tag === SYNC_TAG) (event as SyncEvent).waitUntil(sendOrFail());
});

/** A sync that fails is repeated by the browser, later each time. */
async function sendOrFail(): Promise<void> {
  if (!(await sendStored())) throw new Error('some of it has to be sent later');
}

/** The version before stays: another tab may be in a match that began with it. */
async function forgetOld(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name !== SHELL).sort();
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (known.has(url.pathname)) event.respondWith(fromShell(request));
  else if (isHeavy(url.pathname)) event.respondWith(keepOnUse(request));
  else if (isBuilt(url.pathname)) event.respondWith(fromBefore(request));
  else if (request.mode === 'navigate' && isPage(url.pathname)) event.respondWith(page(request));
});

async function fromShell(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  return (await cache.match(request, { ignoreVary: true, ignoreSearch: true })) ?? fetch(request);
}

/** A part of the version before, for a page that is still of it. */
async function fromBefore(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function keepOnUse(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

/** The newest page where there is a network, the kept shell where there is none: every page is the same document. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(SHELL);
    return (await cache.match('/', { ignoreVary: true })) ?? Response.error();
  }
}
