/** The simulated party, for benchmarks and for testers who script many players. */
export { type Party, type PartyPlan, runParty } from './simulate/party.ts';
export type { Bot, BotMaker, BotSeat, Move } from './simulate/bot.ts';
export { nameOf } from './simulate/names.ts';
export { createPlayer, type Player } from './simulate/player.ts';
export { createSeed, type Seed } from './simulate/seeds.ts';
export { nimBot } from './simulate/nimBot.ts';
export { triviaBot, type TriviaParty } from './simulate/triviaBot.ts';
export { openTemporaryHouse, type TemporaryHouse } from './server/temporaryHouse.ts';
export { createAsideThread } from './verify/asideThread.ts';
