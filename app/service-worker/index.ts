/** The shell opens offline: built files are kept; what changes (documents, logs, rooms) always goes to the network. */
import { version } from '$app/env';
import { assets, immutable } from '$app/manifest';
import { self } from '$app/service-worker';
import { isHeavy, isPage } from './addresses.ts';

const SHELL = `shell-${version}`;
const files = [...immutable, ...assets].map(({ path }) => `/${path}`).filter((path) => !isHeavy(path));
const known = new Set(files);

self.addEventListener('install', (event) => {
  // A newer worker waits until the pages of the older one are closed: their parts are still to be loaded.
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(['/', ...files])));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (known.has(url.pathname)) event.respondWith(fromShell(request));
  else if (isHeavy(url.pathname)) event.respondWith(keepOnUse(request));
  else if (request.mode === 'navigate' && isPage(url.pathname)) event.respondWith(page(request));
});

async function fromShell(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  return (await cache.match(request, { ignoreVary: true, ignoreSearch: true })) ?? fetch(request);
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
