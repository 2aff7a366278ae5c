/** What every server of ours has: variables with a default and a help, and files that outlive a crash. For Node alone; knows no room. */
export * from './variables.ts';
export { writeWalAgain } from './writeWalAgain.ts';
