/** What can be played: the authority's bank, merged by topic, in the reader's language where it has it. */
import { language } from './language.svelte.ts';
import { loadPeer } from './connection.svelte.ts';
import { type Topic, topicsFor } from './topicsFor.ts';

interface Bank {
  status: 'loading' | 'ready' | 'failed';
  topics: readonly Topic[];
  code: string;
}

export const bank: Bank = $state({ status: 'loading', topics: [], code: '' });

/** A relay that came back may have questions now, ms. */
const AGAIN = 3000;

export async function loadBank(): Promise<void> {
  const peer = await loadPeer();
  const reply = await peer.topics();
  if (reply.ok) Object.assign(bank, { status: 'ready', topics: topicsFor(reply.value, language.now) });
  else if (bank.status !== 'ready') {
    Object.assign(bank, { status: 'failed', code: reply.code });
    setTimeout(() => void loadBank(), AGAIN);
  }
}
