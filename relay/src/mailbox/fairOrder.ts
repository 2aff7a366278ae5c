/** Mail in rounds: each key's first, then each key's second, so that nobody's pile holds up the others. */
import { bytesToHex } from '@fairground/ledger';
import type { StoredMail } from '../store/ports.ts';

export function fairOrder(mails: readonly StoredMail[]): readonly StoredMail[] {
  const turns = new Map<string, number>();
  const ranked = [...mails]
    .sort((a, b) => a.id - b.id)
    .map((mail) => {
      const key = bytesToHex(mail.key);
      const turn = turns.get(key) ?? 0;
      turns.set(key, turn + 1);
      return { mail, turn };
    });
  return ranked.sort((a, b) => a.turn - b.turn || a.mail.id - b.mail.id).map(({ mail }) => mail);
}
