/** Writes the golden ledgers. They are kept: run it only when entries or states change for good, and say so in the commit. */
import { writeFileSync } from 'node:fs';
import { nimStory, triviaStory } from '../src/testing/index.ts';

const folder = new URL('../fixtures/golden/', import.meta.url);

for (const [name, golden] of Object.entries({ nim: nimStory(), trivia: triviaStory() })) {
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(golden, null, 1)}\n`);
}
