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

/** The checkpoint of a note that `key` has signed under its origin. */
export function ownCheckpoint(note: Bytes, key: Bytes): Result<Checkpoint, 'checkpoint_damaged'> {
  const parsed = parseNote(bytesToUtf8(note) ?? '');
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : undefined;
  if (!parsed.ok || !checkpoint?.ok) return err('checkpoint_damaged');
  const { origin } = checkpoint.value;
  const text = utf8ToBytes(parsed.value.text);
  const isSigned = parsed.value.signatures.some(
    ({ name, signature }) => name === origin && verifyEd25519Sync(key, text, signature),
  );
  return isSigned ? ok(checkpoint.value) : err('checkpoint_damaged');
}
