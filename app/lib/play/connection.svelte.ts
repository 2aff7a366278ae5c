/** This device's peer: loaded after the first paint, one for the page, and how it is connected. */
import type { Peer } from '@fairground/peer';
import { patientFetch } from './patience.ts';

interface Connection {
  status: 'starting' | 'online' | 'offline';
  did: string | undefined;
  keyProtected: boolean;
  /** The browser keeps nothing for this page: a reload loses seat and key. */
  forgetful: boolean;
}

export const connection: Connection = $state({
  status: 'starting',
  did: undefined,
  keyProtected: false,
  forgetful: false,
});

let peer: Promise<Peer> | undefined;

/** The page's one peer. Everything heavy (documents, rules, cryptography) comes with it, not with the first paint. */
export function loadPeer(): Promise<Peer> {
  peer ??= openPeer();
  return peer;
}

async function openPeer(): Promise<Peer> {
  const { createMemoryStorage, createPeer, loadIdentity, openIndexedDbStorage, systemPorts } =
    await import('@fairground/peer');
  const storage = await openIndexedDbStorage().catch(() => {
    connection.forgetful = true;
    return createMemoryStorage();
  });
  const identity = await loadIdentity(storage, systemPorts().random);
  connection.did = identity.did;
  connection.keyProtected = identity.protected;
  const ports = { ...systemPorts(), fetch: patientFetch };
  const made = createPeer({ url: location.origin, identity, storage, ports });
  addEventListener('online', () => made.wake());
  addEventListener('offline', () => noteStatus('offline'));
  if (!navigator.onLine) noteStatus('offline');
  return made;
}

/** Told by whatever holds a socket open: the landing's directory, a room's document. */
export function noteStatus(status: 'connecting' | 'online' | 'offline' | 'refused'): void {
  // Refused is an answer too: there is a relay.
  if (status !== 'connecting') connection.status = status === 'offline' ? 'offline' : 'online';
}
