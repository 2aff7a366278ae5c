/** For simulations outside of this room. */
export { testQuestions } from './players.ts';
export { tally } from './tally.ts';
