/** The texts in GIFT: an escaped sign is the sign itself, `\n` a line end, and HTML is read where the file says that it is HTML. */
import { ok } from '@fairground/ledger';
import type { Result } from '@fairground/ledger';
import { refuse } from '../refusal.ts';
import type { RefusalCode } from '../refusal.ts';
import { htmlToText } from './htmlText.ts';

export type GiftFormat = 'html' | 'moodle' | 'plain' | 'markdown';

/** `inherited` is the question's format; a text may name its own. */
export function plainText(raw: string, inherited: GiftFormat | undefined): Result<string, RefusalCode> {
  const [head = '', own] = /^\s*\[(html|moodle|plain|markdown)\]/u.exec(raw) ?? [];
  const text = unescape(raw.slice(head.length));
  const format = own ?? inherited;
  if (format !== 'html' && format !== 'moodle') return ok(text);
  return /<img\b/iu.test(text) ? refuse('picture_missing') : ok(htmlToText(text));
}

function unescape(text: string): string {
  return text.replace(/\\([\s\S])/gu, (whole, char: string) => {
    if (char === 'n') return '\n';
    return '~=#{}:*\\'.includes(char) ? char : whole;
  });
}
