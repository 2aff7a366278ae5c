/** This device's peer: loaded after the first paint, one for the page, and how it is connected. */
import type { Peer, Storage } from '@fairground/peer';
import { createSendLater } from './backgroundSync.ts';
import { isKeyLost, understood } from './knownKey.ts';
import { patientFetch } from './patience.ts';
import { wordedCode } from './sameWords.ts';
import { isOld } from './update.svelte.ts';

interface Connection {
  status: 'starting' | 'online' | 'offline';
  did: string | undefined;
  keyProtected: boolean;
  /** The browser keeps nothing for this page: a reload loses seat and key. */
  forgetful: boolean;
  /** This device had another key before. */
  keyLost: boolean;
  /** Stored intents that could not be read. */
  unreadable: number;
}

export const connection: Connection = $state({
  status: 'starting',
  did: undefined,
  keyProtected: false,
  forgetful: false,
  keyLost: false,
  unreadable: 0,
});

let peer: Promise<Peer> | undefined;

/** The page's one peer. Everything heavy (documents, rules, cryptography) comes with it, not with the first paint. */
export function loadPeer(): Promise<Peer> {
  peer ??= openPeer().catch((error: unknown) => {
    // A part that could not be fetched is fetched again when somebody asks again.
    peer = undefined;
    throw error;
  });
  return peer;
}

export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string };

/** What the relay answers; where that makes no sense to this page, or the page lacks the part that would ask, it may be too old. */
export async function askPeer<T>(ask: (peer: Peer) => Promise<Asked<T>>): Promise<Asked<T>> {
  const loaded = await loadPeer().catch(() => undefined);
  if (!loaded) return { ok: false, code: await whyLost() };
  const reply = await ask(loaded);
  if (!reply.ok && wordedCode(reply.code) === TOO_OLD) await isOld();
  return reply;
}

const TOO_OLD = 'reply_malformed';

/** Why a part of the page could not be loaded, as a code. */
export async function whyLost(): Promise<string> {
  return (await isOld()) ? TOO_OLD : 'unreachable';
}

async function openPeer(): Promise<Peer> {
  const { createPeer, createTurn, loadIdentity, systemPorts } = await import('@fairground/peer');
  const ports = { ...systemPorts(), fetch: patientFetch };
  const storage = await openStorage();
  const identity = await loadIdentity(storage, ports.random);
  connection.did = identity.did;
  connection.keyProtected = identity.protected;
  connection.forgetful = !storage.isKept('identity', 'device');
  connection.keyLost = !connection.forgetful && isKeyLost(identity.did);
  const made = createPeer({
    url: location.origin,
    identity,
    storage,
    ports,
    // Neither is there on a LAN address over plain http.
    turn: createTurn(navigator.locks as LockManager | undefined, ports.clock),
    sendLater: createSendLater(navigator.serviceWorker as ServiceWorkerContainer | undefined),
  });
  made.unreadable.subscribe((count) => (connection.unreadable = count));
  wakeWithPage(made);
  return made;
}

/** What the device cannot keep is held by the page; where the browser allows no storage at all, everything is. */
export async function openStorage(): Promise<Storage> {
  const { createMemoryStorage, createSpillingStorage, openIndexedDbStorage } =
    await import('@fairground/peer');
  return openIndexedDbStorage().then(createSpillingStorage, createMemoryStorage);
}

/** A network that comes back, a phone that is unlocked, a page that comes out of the back-forward cache: what waits is tried at once. */
function wakeWithPage(woken: Peer): void {
  addEventListener('online', () => woken.wake());
  addEventListener('offline', () => noteStatus('offline'));
  addEventListener('pageshow', ({ persisted }) => persisted && woken.wake());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') woken.wake();
  });
  if (!navigator.onLine) noteStatus('offline');
}

/** The person knows that the key before is lost. */
export function dismissKeyLost(): void {
  connection.keyLost = false;
  if (connection.did !== undefined) understood(connection.did);
}

/** Told by whatever holds a socket open: the landing's directory, a room's document. */
export function noteStatus(status: 'connecting' | 'online' | 'offline' | 'refused'): void {
  // Refused is an answer too: there is a relay.
  if (status !== 'connecting') connection.status = status === 'offline' ? 'offline' : 'online';
}
