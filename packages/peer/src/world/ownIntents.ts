/** What a followed world means for this device's own intents: which are in, and which the rules want unasked. */
import {
  type Bytes,
  bytesToHex,
  encodeCbor,
  equalBytes,
  type Head,
  rulesInForce,
  type Stepped,
} from '@fairground/ledger';
import type { Game } from '@fairground/rules';
import type { Identity } from '../identity.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Plan } from '../outbox/record.ts';
import type { FollowedLog } from './verifiedLog.ts';

interface OwnDeps {
  readonly world: Bytes;
  readonly identity: Identity;
  readonly outbox: Outbox;
  readonly secret: Bytes;
}

/** Tells the outbox of this device's intents that the ledger shows. */
export async function settleOwn(deps: OwnDeps, steps: readonly Stepped<unknown>[]): Promise<void> {
  for (const { index, entry, intent } of steps) {
    if (entry.kind !== 'intent' || !intent || !equalBytes(intent.key, deps.identity.key)) continue;
    await deps.outbox.settle(deps.world, intent.hash, index, entry.refused);
  }
}

/** Submits what the rules want of this device without asking its person, each once. */
export async function doChores(deps: OwnDeps, log: FollowedLog): Promise<void> {
  const { outbox, identity, world, secret } = deps;
  await outbox.loaded(world);
  const { opened } = log;
  if (!opened || opened.replayed.closed) return;
  const bodies = gameOf(log)?.chores(opened.replayed.state, { key: identity.key }, secret) ?? [];
  for (const { kind, ...body } of bodies) {
    const plan: Plan = { kind, body: body as Plan['body'] };
    const isKnown = outbox.records(world).value.some((record) => isSamePlan(record.plan, plan));
    if (!isKnown) await outbox.submit(world, plan, { ledgerHead: headOf(log, identity.key), once: true });
  }
}

/** The newest intent of a key that the verified log holds. */
export function headOf(log: FollowedLog, key: Bytes): Head | undefined {
  return log.opened?.replayed.heads.get(bytesToHex(key));
}

type PlayedGame = Game<unknown, unknown, { readonly kind: string }>;

/** The rules that are in force. */
export function gameOf({ opened }: FollowedLog): PlayedGame | undefined {
  return opened && (rulesInForce(opened.game, opened.replayed) as PlayedGame);
}

function isSamePlan(a: Plan, b: Plan): boolean {
  return a.kind === b.kind && equalBytes(encodeCbor(a.body), encodeCbor(b.body));
}
