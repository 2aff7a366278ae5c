/** An intent that the relay has taken is on its disk until the authority has answered it. */
import { bytesToHex, decodePair, intentHash } from '@fairground/ledger';
import { type LinkPort, decodeToAuthority, decodeToRelay } from '@fairground/protocol';
import type { StoredMail } from '@fairground/relay';
import { Broken } from './broken.ts';

export interface MailWatch {
  relayWrote(method: string, args: readonly unknown[]): void;
  /** The relay's disk lies there anew, and is about to be told from its beginning. */
  reset(): void;
  /** The authority's end of a link. */
  link(port: LinkPort): LinkPort;
  /** `guard` takes what is found. */
  posts(fetch: typeof globalThis.fetch, guard: (look: () => void) => void): typeof globalThis.fetch;
}

export function createMailWatch(): MailWatch {
  const kept = new Map<number, string>();
  const answered = new Set<string>();

  function relayWrote(method: string, [what]: readonly unknown[]): void {
    if (method === 'mailbox.put') {
      const { id, hash } = what as StoredMail;
      kept.set(id, bytesToHex(hash));
    }
    if (method !== 'mailbox.done') return;
    const hash = kept.get(what as number);
    kept.delete(what as number);
    if (hash !== undefined && !answered.has(hash))
      throw new Broken('S6', `mail ${hash.slice(0, 8)} was forgotten before the authority had answered it`);
  }

  function tookFor(body: unknown): string | undefined {
    const pair = body instanceof Uint8Array ? decodePair(body) : undefined;
    return pair?.ok ? bytesToHex(intentHash(pair.value.bytes)) : undefined;
  }

  return {
    relayWrote,
    reset: () => kept.clear(),
    link(port) {
      const asked = new Map<number, string>();
      return {
        ...port,
        send(bytes) {
          const frame = decodeToRelay(bytes);
          if (frame.ok && frame.value.t === 'reply' && frame.value.status < 500) {
            const hash = asked.get(frame.value.id);
            if (hash !== undefined) answered.add(hash);
          }
          port.send(bytes);
        },
        onFrame: (listener) =>
          port.onFrame((bytes) => {
            const frame = decodeToAuthority(bytes);
            if (frame.ok && frame.value.t === 'mail' && frame.value.kind === 'intent')
              asked.set(frame.value.id, bytesToHex(intentHash(frame.value.payload)));
            listener(bytes);
          }),
      };
    },
    posts: (fetch, guard) => async (input, init) => {
      const response = await fetch(input, init);
      const hash = response.status === 202 ? tookFor(init?.body) : undefined;
      guard(() => {
        if (hash !== undefined && !answered.has(hash) && ![...kept.values()].includes(hash))
          throw new Broken('S6', `the relay says that it keeps ${hash.slice(0, 8)} and does not`);
      });
      return response;
    },
  };
}
