/** The supplier of questions: the bank, in a thread of its own. */
import type { Bytes, Cbor, Result } from '@fairground/ledger';
import type { Clock, Supplier } from '../ports.ts';
import { startThread } from '../worker/ask.ts';
import type { Draw, PlayableTopic } from './questionDesk.ts';

export interface QuestionSupplier extends Supplier {
  topics(): Promise<readonly PlayableTopic[]>;
  close(): Promise<void>;
}

/** Rejects for a bank of a later version. */
export async function openQuestionSupplier(dataDir: string, clock: Clock): Promise<QuestionSupplier> {
  const thread = startThread(new URL('./bankWorker.ts', import.meta.url), { dataDir });
  const topics = async () => (await thread.call('topics')) as readonly PlayableTopic[];
  await topics();
  return {
    topics,
    async supply({ request, players, seed }) {
      const draw: Draw = { request, players, seed, at: clock.now() };
      return (await thread.call('draw', draw)) as Result<Cbor, string>;
    },
    async file(hash) {
      return (await thread.call('picture', hash)) as Bytes | undefined;
    },
    async closed(entries) {
      await thread.call('closed', entries);
    },
    async unheard(worlds) {
      return (await thread.call('unheard', worlds)) as readonly Bytes[];
    },
    async close() {
      await thread.call('close');
      await thread.stop();
    },
  };
}
