/** What is seen and done on a stage again and again. */
import { didToKey, parseIntent } from '@fairground/ledger';
import type { Ports } from '@fairground/peer';
import type { ToAuthority } from '@fairground/protocol';
import { expect, vi } from 'vitest';
import type { Liar, Person } from './stage.fixture.ts';

export function namesIn(view: unknown): readonly string[] {
  const { standings = [] } = (view ?? {}) as { readonly standings?: readonly { readonly name: string }[] };
  return standings.map(({ name }) => name);
}

export function phaseOf(view: unknown): string {
  return (view as { readonly phase?: string } | undefined)?.phase ?? '';
}

export function kindOf(frame: ToAuthority): string | undefined {
  const intent = frame.t === 'mail' ? parseIntent(frame.payload) : undefined;
  return intent?.ok ? intent.value.kind : undefined;
}

/** At least so many: a device opens its dice unasked as soon as the last seat is taken. */
export async function receipted(person: Person | undefined, count = 1): Promise<void> {
  const receipts = () => person?.follower.mine.value.filter(({ receipt }) => receipt).length;
  await vi.waitFor(() => expect(receipts()).toBeGreaterThanOrEqual(count), 60_000);
}

export async function witnessKey({ url }: Liar) {
  const reply = (await (await fetch(`${url}/witness`)).json()) as { readonly key: string };
  return didToKey(reply.key);
}

/** Everything about the match goes to another relay; the room stays where it is. */
export function elsewhere(from: string, to: string): (usual: Ports) => Ports {
  const moved = (url: string) =>
    /\/(docs\/tail|worlds\/|log\/)/.test(decodeURIComponent(url))
      ? url.replace(new URL(from).host, new URL(to).host)
      : url;
  return (usual) => ({
    ...usual,
    fetch: (input, init) => usual.fetch(moved(String(input instanceof Request ? input.url : input)), init),
    WebSocket: class extends globalThis.WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(moved(String(url)), protocols);
      }
    },
  });
}
