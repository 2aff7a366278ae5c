/** How far a log's identity goes beyond what the log says of itself. */
import { base32ToBytes, bytesToBase32 } from './baseText.ts';
import { type Bytes, equalBytes } from './bytes.ts';
import { didToKey } from './didKey.ts';
import { type Result, err, ok } from './result.ts';
import type { Trust } from './verifyReport.ts';
import { type Vkey, formatVkey, parseVkey } from './vkey.ts';

/** Who a log says that it is. */
export interface LogIdentity {
  readonly world: Bytes;
  /** The key of the genesis, from which rotations lead to the one that signs now. */
  readonly authorityKey: Bytes;
  readonly vkey: Vkey;
}

/**
 * Every anchor (a world id, a vkey, or the authority's key as did:key) must fit, or it is `anchor_mismatch`: who asks for one world and
 * is handed another must not hear "valid".
 */
export function judgeTrust(
  { world, authorityKey, vkey }: LogIdentity,
  { anchors, knownKeys }: { readonly anchors: readonly string[]; readonly knownKeys: readonly Bytes[] },
): Result<Trust, 'anchor_malformed' | 'anchor_mismatch'> {
  for (const anchor of anchors) {
    if (isWorldId(anchor)) {
      if (anchor !== bytesToBase32(world))
        return err('anchor_mismatch', `the world is ${bytesToBase32(world)}`);
    } else if (parseVkey(anchor).ok) {
      if (anchor !== formatVkey(vkey)) return err('anchor_mismatch', `the log's key is ${formatVkey(vkey)}`);
    } else {
      const key = didToKey(anchor);
      if (!key.ok) return err('anchor_malformed', 'an anchor is a world id, a vkey or a did:key');
      if (!equalBytes(key.value, authorityKey))
        return err('anchor_mismatch', 'the authority has another key');
    }
  }
  if (anchors.length > 0) return ok('pinned');
  return ok(knownKeys.some((key) => equalBytes(key, authorityKey)) ? 'known' : 'self-asserted');
}

function isWorldId(text: string): boolean {
  return text.length === 52 && base32ToBytes(text) !== undefined;
}
