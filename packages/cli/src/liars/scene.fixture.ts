/** What is seen and done on a stage again and again. */
import {
  didToKey,
  formatFaultProof,
  type FaultProof,
  judgeFault,
  parseFaultProof,
  parseIntent,
  unwrap,
} from '@fairground/ledger';
import type { FollowerState, Joined, Ports } from '@fairground/peer';
import type { ToAuthority } from '@fairground/protocol';
import { type AnyRulesGame, gameFor, games } from '@fairground/rules';
import { expect, vi } from 'vitest';
import type { Liar, Person, Stage } from './stage.fixture.ts';

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

/** Rules of the operator's own making. */
export function changed(
  name: string,
  change: (game: AnyRulesGame) => Partial<AnyRulesGame>,
): readonly AnyRulesGame[] {
  const game = gameFor(name, 1);
  if (!game) throw new Error(name);
  return [{ ...game, ...change(game) }];
}

/** Through the file and back: what somebody says of it who was not there. */
async function judged(proof: FaultProof, relays: readonly Uint8Array[] = []): Promise<string> {
  const read = unwrap(parseFaultProof(formatFaultProof(proof)));
  const judgement = await judgeFault(read, games, relays);
  return judgement.verdict === 'convicts'
    ? `${judgement.against}: ${judgement.code}`
    : `unproven: ${judgement.code}`;
}

/** What the first charge comes to for somebody who was not there. */
export async function chargeOf(
  { charges }: FollowerState,
  relays: readonly Uint8Array[] = [],
): Promise<string> {
  const [charge] = charges;
  return charge ? judged(charge.proof, relays) : 'no charge';
}

export const isSize = (size: number) => (state: FollowerState) => state.size === size;

/** Ada opens a table of nim and sits down; she and the others look on. Entry 1 is her join. */
export async function openTable(
  stage: Stage,
  liar: Liar,
  names: readonly string[],
): Promise<[Joined, readonly Person[]]> {
  const people = names.map((name) => stage.person(name, liar));
  const [ada, ...others] = people;
  if (!ada) throw new Error('somebody has to open the table');
  const joined = unwrap(
    await ada.peer.createWorld({ game: 'nim', config: { stones: 5, turnMs: 60_000 }, visibility: 'listed' }),
  );
  await ada.lookOn(joined);
  await ada.join();
  await ada.sees(isSize(2));
  for (const other of others) {
    await other.lookOn(joined);
    await other.sees(isSize(2));
  }
  return [joined, people];
}
