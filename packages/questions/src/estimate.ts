/** The number that an estimate is about, in fixed point: 8,848.86 m is 884886 with two decimals. */
import { z } from 'zod';
import { cleanText } from './text.ts';

export const MAX_DECIMALS = 6;
export const MAX_UNIT_CHARS = 16;

export const Estimate = z.strictObject({
  /** In units of the last decimal. −0 has no canonical bytes. */
  value: z.int('invalid_number').refine((value) => !Object.is(value, -0), 'invalid_number'),
  decimals: z.int('invalid_number').min(0, 'invalid_number').max(MAX_DECIMALS, 'invalid_number'),
  unit: z
    .string()
    .min(1, 'invalid_number')
    .max(MAX_UNIT_CHARS, 'invalid_number')
    .refine((unit) => unit === cleanText(unit) && !unit.includes('\ufffd'), 'invalid_number')
    .exactOptional(),
});
export type Estimate = z.infer<typeof Estimate>;

/** The number alone, with all its decimals and a point: `8848.86`. */
export function formatEstimate({ value, decimals }: Pick<Estimate, 'value' | 'decimals'>): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const sign = value < 0 ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Undefined for what is no decimal number, has more than six decimals, or is past the exact integers. */
export function parseEstimate(text: string): Pick<Estimate, 'value' | 'decimals'> | undefined {
  const [, sign = '', whole = '', fraction = ''] =
    /^([+\-−]?)(\d{1,16})(?:\.(\d{1,6}))?$/u.exec(text.trim()) ?? [];
  const magnitude = Number(whole + fraction);
  if (whole === '' || !Number.isSafeInteger(magnitude)) return undefined;
  const isNegative = (sign === '-' || sign === '−') && magnitude !== 0;
  return { value: isNegative ? -magnitude : magnitude, decimals: fraction.length };
}

/** The same for 8.5 and 8.50. */
export function estimateKey({ value, decimals }: Pick<Estimate, 'value' | 'decimals'>): string {
  const text = formatEstimate({ value, decimals });
  return decimals === 0 ? text : text.replace(/\.?0+$/u, '');
}
