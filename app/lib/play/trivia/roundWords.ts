/** What is special about a question, in a word or two; nothing about a plain one. */
import { m } from '#lib/paraglide/messages.js';
import type { Round } from './view.ts';

export function roundWords({ round, kind }: Pick<Round, 'round' | 'kind'>): string {
  if (round === 'practice') return m.round_practice();
  if (round === 'lightning') return m.round_lightning();
  if (round === 'wager') return m.round_wager();
  if (kind === 'number') return m.round_nearest();
  return kind === 'poll' ? m.round_poll() : '';
}
