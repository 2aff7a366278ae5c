/** Numbers, spans of time and places in a row, as the reader's language writes them. */
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

export function formatNumber(value: number): string {
  return isAlike(value) ? String(value) : new Intl.NumberFormat(getLocale()).format(value);
}

/**
 * Whole numbers without a group of thousands look the same in every language of the app. The engine's first formatter takes a slow
 * phone 80 ms, and a lobby has no other numbers.
 */
function isAlike(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 1000;
}

/** `1 question`, `5,406 questions`. */
export function countQuestions(count: number): string {
  return m.count_questions({ count, shown: formatNumber(count) });
}

export function formatDecimals(value: number, decimals: number): string {
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(getLocale(), options).format(value);
}

/** `4.1 s`: one decimal, rounded down so that nobody is told a faster time than was counted. */
export function formatSeconds(ms: number): string {
  const seconds = Math.floor(ms / 100) / 10;
  const options = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return m.seconds_short({ value: new Intl.NumberFormat(getLocale(), options).format(seconds) });
}

/** In the reader's language as spoken where the browser says: 16:22 in Britain, 4:22 PM in America. */
export function formatTime(at: number): string {
  const language = getLocale();
  const region = navigator.languages.find((tag) => tag.startsWith(`${language}-`));
  return new Intl.DateTimeFormat(region ?? language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at);
}

/** `482 917`: a code is read in threes. */
export function formatCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
