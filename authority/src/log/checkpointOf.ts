/** Reads back a checkpoint that this authority has signed. */
import {
  type Bytes,
  type Checkpoint,
  type Result,
  bytesToUtf8,
  err,
  ok,
  parseCheckpoint,
  parseNote,
  utf8ToBytes,
  verifyEd25519Sync,
} from '@fairground/ledger';

export interface OwnCheckpoint extends Checkpoint {
  /** Which of the keys has signed it. */
  readonly key: Bytes;
}

/** The checkpoint of a note that one of these keys has signed under its origin. */
export function ownCheckpoint(
  note: Bytes,
  keys: readonly Bytes[],
): Result<OwnCheckpoint, 'checkpoint_damaged'> {
  const parsed = parseNote(bytesToUtf8(note) ?? '');
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : undefined;
  if (!parsed.ok || !checkpoint?.ok) return err('checkpoint_damaged');
  const { origin } = checkpoint.value;
  const text = utf8ToBytes(parsed.value.text);
  const lines = parsed.value.signatures.filter(({ name }) => name === origin);
  const key = keys.find((own) => lines.some(({ signature }) => verifyEd25519Sync(own, text, signature)));
  return key ? ok({ ...checkpoint.value, key }) : err('checkpoint_damaged');
}
