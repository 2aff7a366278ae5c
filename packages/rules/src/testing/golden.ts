/** A ledger as it is kept for later versions and other engines: its entries and the state hashes that they must lead to. */
import { type Bytes, bytesToHex, hexToBytes, openWorld, stateHash, step, unwrap } from '@fairground/ledger';
import { gameFor } from '../index.ts';

export interface Golden {
  readonly about: string;
  readonly game: string;
  readonly version: number;
  /** In hex, the genesis first. */
  readonly entries: readonly string[];
  /** By entry: the hash of the canonical state after it, in hex. */
  readonly states: readonly string[];
}

export function goldenOf(about: string, entries: readonly Bytes[], game: string, version: number): Golden {
  const hexes = entries.map(bytesToHex);
  return { about, game, version, entries: hexes, states: replayHashes({ game, version, entries: hexes }) };
}

/** The state hash after every entry. Signatures are not checked: that is not for the rules. */
export function replayHashes({
  game,
  version,
  entries,
}: Pick<Golden, 'game' | 'version' | 'entries'>): string[] {
  const rules = gameFor(game, version);
  if (!rules) throw new Error(`no rules for ${game} ${version}`);
  const [genesis, ...rest] = entries.map(bytesOf);
  const world = unwrap(openWorld(rules, genesis ?? new Uint8Array(0)));
  const states = [bytesToHex(stateHash(rules, world))];
  for (const bytes of rest) {
    unwrap(step(rules, world, bytes, { trustIntentSignatures: true }));
    states.push(bytesToHex(stateHash(rules, world)));
  }
  return states;
}

function bytesOf(hex: string): Bytes {
  const bytes = hexToBytes(hex);
  if (!bytes) throw new Error('no hex');
  return bytes;
}
