/** Six questions about words, each checked twice. */
import type { StarterQuestion } from './starterQuestion.ts';

export const words: readonly StarterQuestion[] = [
  {
    text: 'What do we call a word that reads the same backwards, like “level”?',
    right: 'A palindrome',
    wrong: ['An anagram', 'An acronym', 'A homonym'],
    why: 'The name is Greek for “running back again”.',
  },
  {
    text: 'From which language did English take the word “robot”?',
    right: 'Czech',
    wrong: ['German', 'Finnish', 'Latin'],
    why: 'Karel Čapek’s play R.U.R. of 1920 made it famous. “Robota” means forced labour.',
  },
  {
    text: 'The dot above a lower-case i is called a tittle.',
    isTrue: true,
    why: 'The dot above a j is a tittle, too.',
  },
  {
    text: 'How many letters does the modern Greek alphabet have?',
    right: '24',
    wrong: ['22', '26', '33'],
    why: 'They run from alpha to omega, which is why the two stand for the beginning and the end.',
  },
  {
    text: 'Who wrote the novel Frankenstein?',
    right: 'Mary Shelley',
    wrong: ['Emily Brontë', 'Bram Stoker', 'Jane Austen'],
    why: 'She began it at eighteen, in the cold and rainy summer of 1816, by Lake Geneva.',
  },
  {
    text: 'Which Latin words does “e.g.” stand for?',
    right: 'Exempli gratia',
    wrong: ['Ex genere', 'Et gratia', 'Ergo generaliter'],
    why: 'It means “for example”. The similar “i.e.” stands for “id est”, “that is”.',
  },
];
