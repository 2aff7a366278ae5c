/**
 * Writes the golden ledgers. They are kept: run it only when entries or states change for good, and say so in the commit. `trivia` was
 * played by the first rules and is never written again: what people have played must stay replayable.
 */
import { writeFileSync } from 'node:fs';
import { nimStory, partyStory } from '../src/testing/index.ts';

const folder = new URL('../fixtures/golden/', import.meta.url);

for (const [name, golden] of Object.entries({ nim: nimStory(), party: partyStory() })) {
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(golden, null, 1)}\n`);
}
