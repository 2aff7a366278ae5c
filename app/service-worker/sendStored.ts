/** At a background sync: sends what this device's pages have stored, whether or not one of them is open. */
import { createTurn, flushOutbox, openIndexedDbStorage, systemPorts } from '@fairground/peer';

/** False: the browser has to call again. */
export async function sendStored(): Promise<boolean> {
  const { clock, fetch, random } = systemPorts();
  const storage = await openIndexedDbStorage();
  const turn = createTurn(navigator.locks, clock);
  return flushOutbox({ url: location.origin, storage, clock, fetch, random, turn });
}
