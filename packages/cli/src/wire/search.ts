/** Whether something stands in what was read: as it is, or in a text encoding. */
import { type Bytes, bytesToHex, utf8ToBytes } from '@fairground/ledger';
import { asBuffer, type Reading } from './notebook.ts';

export function holds(readings: readonly Reading[], needle: Bytes): boolean {
  return readings.some(({ bytes }) => asBuffer(bytes).includes(needle));
}

/** Also as hex and, at whatever offset it may stand in a longer run, as base64 and base64url. */
export function isSpelled(readings: readonly Reading[], needle: Bytes): boolean {
  const hex = bytesToHex(needle);
  const texts = [hex, hex.toUpperCase(), ...[0, 1, 2].flatMap((shift) => base64Cores(needle, shift))];
  return (
    holds(readings, needle) || texts.some((text) => text.length > 3 && holds(readings, utf8ToBytes(text)))
  );
}

/** The characters that the needle alone decides when `shift` bytes stand before it. */
function base64Cores(needle: Bytes, shift: number): readonly string[] {
  const padded = Buffer.concat([Buffer.alloc(shift), needle]);
  const whole = padded.subarray(0, padded.length - (padded.length % 3));
  const from = shift === 0 ? 0 : 4;
  return [whole.toString('base64').slice(from), whole.toString('base64url').slice(from)];
}
