/** Numbers as people type and read them; in the rules an estimate is an integer of so many decimals. */
import { formatDecimals } from '#lib/ui/numbers.ts';
import type { Round } from './view.ts';

type Scale = NonNullable<Round['scale']>;

/** Digits with points and commas in either sense, a sign. More decimals than are asked for are cut off. Undefined for what is no number. */
export function parseEstimate(text: string, { decimals }: Pick<Scale, 'decimals'>): number | undefined {
  const found = /^([-+−]?)(\d[\d.,]*)$/u.exec(text.replaceAll(/[\s'’]/gu, ''));
  if (!found) return undefined;
  const [, sign = '', digits = ''] = found;
  const { whole, fraction } = splitDecimals(digits, decimals);
  if (whole.length > 15) return undefined;
  const value = Number(`${whole}${fraction.padEnd(decimals, '0').slice(0, decimals)}`);
  if (value > MOST) return undefined;
  return sign === '-' || sign === '−' ? -value || 0 : value;
}

/** The last point or comma stands before decimals, unless it groups thousands: then three digits follow it, more than are asked for. */
function splitDecimals(
  text: string,
  decimals: number,
): { readonly whole: string; readonly fraction: string } {
  const parts = text.split(/[.,]/u);
  const last = parts.at(-1) ?? '';
  const isGrouped = parts.length === 1 || (last.length === 3 && decimals < 3);
  return isGrouped
    ? { whole: parts.join(''), fraction: '' }
    : { whole: parts.slice(0, -1).join(''), fraction: last };
}

/** The rules take no more, 2^51. */
const MOST = 2_251_799_813_685_248;

export function formatEstimate(value: number, { decimals, unit }: Scale): string {
  const number = formatDecimals(value / 10 ** decimals, decimals);
  return unit === undefined || unit === '' ? number : `${number} ${unit}`;
}
