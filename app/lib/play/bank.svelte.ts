/** What can be played: the authority's bank, merged by topic, in the reader's language where it has it. */
import { language } from './language.svelte.ts';
import { askPeer } from './connection.svelte.ts';
import { type Topic, topicsFor } from './topicsFor.ts';

interface Bank {
  status: 'loading' | 'ready' | 'failed';
  topics: readonly Topic[];
  code: string;
}

export const bank: Bank = $state({ status: 'loading', topics: [], code: '' });

/** A relay that came back, an authority that starts, or a bank that is being filled may have questions now, ms. */
const AGAIN = 3000;

let asking: Promise<void> | undefined;
let again: ReturnType<typeof setTimeout> | undefined;

/** Asked until there is something to play; however often it is called, once at a time. */
export function loadBank(): Promise<void> {
  clearTimeout(again);
  asking ??= ask().finally(() => {
    asking = undefined;
    if (bank.topics.length === 0) again = setTimeout(() => void loadBank(), AGAIN);
  });
  return asking;
}

async function ask(): Promise<void> {
  const reply = await askPeer((peer) => peer.topics());
  if (reply.ok) Object.assign(bank, { status: 'ready', topics: topicsFor(reply.value, language.now) });
  else if (bank.status !== 'ready') Object.assign(bank, { status: 'failed', code: reply.code });
}
