/** What a proof of a fault comes to. It convicts or it does not: a proof that misses is a transport error and speaks against nobody. */
import { base64urlToBytes } from './baseText.ts';
import type { Bytes } from './bytes.ts';
import { type Checkpoint, verifyCheckpoint } from './checkpoint.ts';
import { type Result, err, ok } from './result.ts';
import { type Check, isText } from './shape.ts';
import { type Vkey, parseVkey } from './vkey.ts';

export interface Conviction {
  readonly verdict: 'convicts';
  /** The log's key for a lie of the authority; `carrier` where relay and authority cannot be told apart. */
  readonly against: 'authority' | 'carrier';
  readonly vkey: string;
  /** What is proved, as a code. */
  readonly code: string;
  /** The entry at which it shows, where there is one. */
  readonly index: number | null;
}

export interface Unproven {
  readonly verdict: 'unproven';
  readonly code: string;
  readonly message: string;
}

export type Judgement = Conviction | Unproven;

export function unproven(code: string, message = ''): Unproven {
  return { verdict: 'unproven', code, message };
}

/** A field of base64url bytes. */
export const isBytesText: Check = (value) =>
  typeof value === 'string' && base64urlToBytes(value) !== undefined;

export const isVkeyText: Check = (value) => typeof value === 'string' && parseVkey(value).ok;

/** A signed note as its text. */
export const isNoteText: Check = isText;

/** Bytes of a field that `isBytesText` has passed. */
export function bytesOfText(text: string): Bytes {
  return base64urlToBytes(text) ?? new Uint8Array(0);
}

export interface Signed {
  readonly vkey: Vkey;
  readonly checkpoint: Checkpoint;
}

/** The checkpoint of a note that the key of the proof has signed. */
export async function readSigned(vkeyText: string, note: string): Promise<Result<Signed, string>> {
  const vkey = parseVkey(vkeyText);
  if (!vkey.ok) return vkey;
  const checkpoint = await verifyCheckpoint(note, vkey.value);
  return checkpoint.ok
    ? ok({ vkey: vkey.value, checkpoint: checkpoint.value })
    : err(checkpoint.code, checkpoint.message);
}
