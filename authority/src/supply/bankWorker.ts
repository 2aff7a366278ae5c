/** The thread that reads the question bank. */
import { workerData } from 'node:worker_threads';
import { type Bytes, worldIdOf } from '@fairground/ledger';
import { games } from '@fairground/rules';
import { answerCalls } from '../worker/answer.ts';
import { openBankFile } from './bankFile.ts';
import { learnFrom } from './learn.ts';
import { type Draw, drawThings, noteVotes, playableTopics } from './questionDesk.ts';

const { dataDir } = workerData as { readonly dataDir: string };
const { bank, close } = openBankFile(dataDir);
answerCalls({
  topics: () => playableTopics(bank),
  draw: (draw: Draw) => drawThings(bank, draw),
  picture: (hash: Bytes) => bank.picture(hash),
  unheard: (worlds: readonly Bytes[]) => bank.unheard(worlds),
  closed(entries: readonly Bytes[]) {
    const [genesis] = entries;
    if (!genesis) return;
    bank.hear(worldIdOf(genesis), () => {
      noteVotes(bank, entries);
      learnFrom(bank, games, entries);
    });
  },
  close,
});
