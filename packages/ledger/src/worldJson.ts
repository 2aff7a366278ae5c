/** `world.json`: what a log is about, in JSON for people and scripts; derived from the genesis and the close, and so checked by making it again. */
import { bytesToBase32 } from './baseText.ts';
import { type Bytes } from './bytes.ts';
import { logVkey } from './genesis.ts';
import { bytesToHex } from './hex.ts';
import { utf8ToBytes } from './utf8.ts';
import { formatVkey } from './vkey.ts';
import type { Closing, World } from './world.ts';

export interface WorldJson {
  readonly world: string;
  readonly origin: string;
  /** Of the key that signs now. */
  readonly vkey: string;
  readonly game: string;
  readonly version: number;
  /** Hex. */
  readonly rules: string;
  readonly createdAt: number;
  readonly closed: Closing | null;
}

export function worldJson({ opening, origin, authorityKey, closed }: World<unknown>): WorldJson {
  const { game, version, rules, at } = opening.genesis;
  return {
    world: bytesToBase32(opening.world),
    origin,
    vkey: formatVkey(logVkey(origin, authorityKey)),
    game,
    version,
    rules: bytesToHex(rules),
    createdAt: at,
    closed: closed ? { at: closed.at, finalSize: closed.finalSize, reason: closed.reason } : null,
  };
}

/** Two spaces of indentation and a final newline. */
export function formatWorldJson(world: World<unknown>): Bytes {
  return utf8ToBytes(`${JSON.stringify(worldJson(world), null, 2)}\n`);
}
