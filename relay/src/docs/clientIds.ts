/** Which key each Yjs client id of one document belongs to, and how many a session and a key may have. */
import { type Bytes, type Result, bytesToHex, err, ok } from '@fairground/ledger';
import { limits } from '@fairground/protocol';
import type { ClientBinding } from '../store/ports.ts';
import type { Who } from './connection.ts';

export interface ClientIds {
  owner(client: number): string | undefined;
  /** Binds all or none; what is bound to this key already counts as bound. */
  bind(
    who: Who,
    clients: readonly number[],
  ): Result<void, 'client_ids' | 'document_clients' | 'client_taken'>;
  /** Of these, the ones that are not durable yet; from now on they count as durable. */
  toStore(clients: readonly number[]): readonly ClientBinding[];
}

export function createClientIds(stored: readonly ClientBinding[]): ClientIds {
  const owners = new Map<number, string>();
  const keys = new Map<number, Bytes>();
  const durable = new Set<number>();
  const perKey = new Map<string, number>();
  const perSession = new Map<string, number>();
  const own = (client: number, key: Bytes) => {
    const hex = bytesToHex(key);
    owners.set(client, hex);
    keys.set(client, key);
    perKey.set(hex, (perKey.get(hex) ?? 0) + 1);
  };
  for (const { client, key } of stored) {
    own(client, key);
    durable.add(client);
  }
  return {
    owner: (client) => owners.get(client),
    bind(who, clients) {
      if (clients.some((client) => (owners.get(client) ?? who.hex) !== who.hex)) return err('client_taken');
      const fresh = clients.filter((client) => !owners.has(client));
      if (fresh.length === 0) return ok();
      const session = (perSession.get(who.sid) ?? 0) + fresh.length;
      if (session > limits.clientsPerSession.max) return err('client_ids');
      if ((perKey.get(who.hex) ?? 0) + fresh.length > limits.clientsPerKey.max) return err('client_ids');
      if (owners.size + fresh.length > limits.documentClients.max) return err('document_clients');
      perSession.set(who.sid, session);
      for (const client of fresh) own(client, who.key);
      return ok();
    },
    toStore(clients) {
      const fresh = clients.filter((client) => !durable.has(client));
      return fresh.flatMap((client) => {
        const key = keys.get(client);
        durable.add(client);
        return key ? [{ client, key }] : [];
      });
    },
  };
}
