/** The key of the relay that this device has chosen to use, as it said when it was first asked: another one later is not believed. */
import { type Bytes, didToKey } from '@fairground/ledger';
import { paths, WitnessReply } from '@fairground/protocol';
import type { Http } from '../http.ts';
import type { Storage } from '../storage/storage.ts';

export interface RelayKeys {
  /** Those whose sightings count for this device. */
  readonly known: readonly Bytes[];
  /** Asks, until it is known. Never rejects. */
  learn(): Promise<void>;
}

export function createRelayKeys(deps: {
  readonly http: Http;
  readonly storage: Storage;
  readonly url: string;
}): RelayKeys {
  let known: readonly Bytes[] = [];
  return {
    get known() {
      return known;
    },
    async learn() {
      if (known.length > 0) return;
      const key = await relayKey(deps).catch(() => undefined);
      if (key) known = [key];
    },
  };
}

async function relayKey({
  http,
  storage,
  url,
}: Parameters<typeof createRelayKeys>[0]): Promise<Bytes | undefined> {
  const name = `relay/${new URL(url).origin}`;
  const kept = await storage.get('identity', name);
  if (kept instanceof Uint8Array) return new Uint8Array(kept);
  const reply = await http.json(paths.witness(), WitnessReply);
  const key = reply.ok ? didToKey(reply.value.key) : undefined;
  if (!key?.ok) return undefined;
  await storage.add('identity', name, key.value);
  return key.value;
}
