/** Where an intent stands in its key's chain; the same for admission and for replay. */
import { type Bytes, equalBytes } from './bytes.ts';
import { parsePublicKey } from './ed25519Key.ts';
import type { IntentEntry } from './entry.ts';
import { bytesToHex } from './hex.ts';
import { type IntentParts, type IntentRefusal, intentHash, noIntent, parseIntent } from './intent.ts';
import type { Intent, Replayable } from './replayable.ts';
import { type Result, err, ok } from './result.ts';
import type { Head, World } from './world.ts';

/** `intent_known`: this very intent is the head; `intent_fork`: another one stands at its `seq` or before it; `intent_gap`: one is missing. */
export type ChainRefusal =
  | IntentRefusal
  | 'intent_world'
  | 'intent_key'
  | 'intent_known'
  | 'intent_fork'
  | 'intent_gap'
  | 'intent_body';

export interface Chained<Body> {
  readonly parts: IntentParts;
  /** The key in hex, as `world.heads` is indexed. */
  readonly keyHex: string;
  readonly intent: Intent<Body>;
}

export interface ChainOptions {
  /** The caller checks by itself which keys are acceptable. */
  readonly trustIntentKeys?: boolean;
}

/** Size, form, world, chain and the body's schema, in this order; a key is checked once, with its first intent. */
export function chainIntent<State, Body>(
  game: Pick<Replayable<never, State, Body>, 'body'>,
  world: World<State>,
  entry: Pick<IntentEntry, 'bytes' | 'at' | 'rtt'>,
  { trustIntentKeys = false }: ChainOptions = {},
): Result<Chained<Body>, ChainRefusal> {
  const parsed = parseIntent(entry.bytes);
  if (!parsed.ok) return parsed;
  const parts = parsed.value;
  if (!equalBytes(parts.world, world.opening.world)) return err('intent_world');
  const keyHex = bytesToHex(parts.key);
  const hash = intentHash(entry.bytes);
  const head = world.heads.get(keyHex);
  const misplaced = placeInChain(head, parts, hash);
  if (misplaced) return err(misplaced);
  if (!head && !trustIntentKeys && !parsePublicKey(parts.key).ok) return err('intent_key');
  const body = game.body.safeParse({ ...parts.body, kind: parts.kind });
  if (!body.success) return err('intent_body', body.error.message);
  const { key, seq } = parts;
  const intent = { key, seq, hash, index: world.size, at: entry.at, rtt: entry.rtt ?? 0, body: body.data };
  return ok({ parts, keyHex, intent });
}

function placeInChain(
  head: Head | undefined,
  { seq, prev }: IntentParts,
  hash: Bytes,
): ChainRefusal | undefined {
  const next = head ? head.seq + 1 : 0;
  if (head && seq === head.seq && equalBytes(hash, head.hash)) return 'intent_known';
  if (seq < next) return 'intent_fork';
  if (seq > next) return 'intent_gap';
  return equalBytes(prev, head?.hash ?? noIntent) ? undefined : 'intent_fork';
}
