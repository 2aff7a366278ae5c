/** A match of two questions on three phones and a TV, from the lobby to the podium. */
import { party } from '@fairground/e2e';

const evening = await party({ players: 3, screen: true, questions: 2 });
await evening.start();
for (const at of [1, 2]) {
  for (const player of evening.players) await player.asked(at);
  for (const player of evening.players) await player.answer(0);
}
await evening.over();
process.stdout.write(`${await evening.screen?.getByRole('region', { name: 'Podium' }).innerText()}\n`);
await evening.close();
