/** After a change to a starter question: `node scripts/prepareStarters.ts` writes them anew in the form in which a bank takes them. */
import { writeFileSync } from 'node:fs';
import { formatPrepared, PREPARED_FILE } from '../authority/src/starter/prepared.ts';
import { starterOffer, starterQuestions } from '../authority/src/starter/starter.ts';

const questions = starterQuestions();
writeFileSync(PREPARED_FILE, formatPrepared(starterOffer().mark, questions));
console.log(`${questions.length} starter questions are prepared`);
