/** What can be played: the authority's bank, merged by topic, in the reader's language where it has it. */
import type { BankReply } from '@fairground/protocol';
import { language } from './language.svelte.ts';
import { loadPeer } from './connection.svelte.ts';

export interface Topic {
  readonly slug: string;
  readonly count: number;
  readonly language: string;
}

interface Bank {
  status: 'loading' | 'ready' | 'failed';
  topics: readonly Topic[];
  code: string;
}

export const bank: Bank = $state({ status: 'loading', topics: [], code: '' });

export async function loadBank(): Promise<void> {
  const peer = await loadPeer();
  const reply = await peer.topics();
  if (reply.ok) Object.assign(bank, { status: 'ready', topics: topicsFor(reply.value, language.now) });
  else if (bank.status !== 'ready') Object.assign(bank, { status: 'failed', code: reply.code });
}

/** One row a topic: the reader's language if it has questions, else the largest. Topics with most questions first. */
export function topicsFor(bank: BankReply, wanted: string): readonly Topic[] {
  const best = new Map<string, Topic>();
  for (const { topic: slug, language, count } of bank) {
    const before = best.get(slug);
    const better =
      before === undefined || (before.language !== wanted && (language === wanted || count > before.count));
    if (count > 0 && better) best.set(slug, { slug, language, count });
  }
  return [...best.values()].sort((a, b) => b.count - a.count || (a.slug < b.slug ? -1 : 1));
}
