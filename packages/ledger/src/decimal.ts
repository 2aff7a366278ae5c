/** The decimals of the C2SP text formats: ASCII digits, no sign, no leading zero. */

/** Undefined for another spelling or a value past 2^53 − 1. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Throws for what `parseDecimal` would not give back. */
export function formatDecimal(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} has no canonical decimal`);
  return String(value);
}
