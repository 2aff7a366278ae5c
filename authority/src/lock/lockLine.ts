/** One line of the lock file: `<world in base32> <size> <root in base64> <check>`, readable by whoever has to look. */
import {
  type Result,
  base32ToBytes,
  base64ToBytes,
  bytesToBase32,
  bytesToBase64,
  bytesToHex,
  err,
  formatDecimal,
  ok,
  parseDecimal,
  sha256,
  utf8ToBytes,
} from '@fairground/ledger';
import type { LockRow } from '../store/ports.ts';

export function formatLockLine({ world, size, root }: LockRow): string {
  const text = `${bytesToBase32(world)} ${formatDecimal(size)} ${bytesToBase64(root)}`;
  return `${text} ${checkOf(text)}\n`;
}

/** A line without its newline. */
export function parseLockLine(line: string): Result<LockRow, 'lock_damaged'> {
  const [id = '', decimal = '', encoded = '', check = '', ...rest] = line.split(' ');
  const world = base32ToBytes(id);
  const size = parseDecimal(decimal);
  const root = base64ToBytes(encoded);
  const isWhole = rest.length === 0 && check === checkOf(`${id} ${decimal} ${encoded}`);
  if (!isWhole || world?.length !== 32 || root?.length !== 32 || size === undefined)
    return err('lock_damaged');
  return ok({ world, size, root });
}

/**
 * The newest row of every world. A torn last line is passed over: what it would have said was never published, because publishing
 * waits for the line. Any other bad line is damage.
 */
export function parseLockFile(text: string): Result<readonly LockRow[], 'lock_damaged'> {
  const lines = text.split('\n');
  const newest = new Map<string, LockRow>();
  const torn = lines.pop();
  for (const [i, line] of lines.entries()) {
    const row = parseLockLine(line);
    if (!row.ok) {
      const isLast = i === lines.length - 1 && torn === '';
      if (isLast) break;
      return err('lock_damaged', `line ${i + 1}`);
    }
    newest.set(bytesToBase32(row.value.world), row.value);
  }
  return ok([...newest.values()]);
}

function checkOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 8);
}
