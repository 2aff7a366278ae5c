/** Six questions about science, each checked twice. */
import type { StarterQuestion } from './starterQuestion.ts';

export const science: readonly StarterQuestion[] = [
  {
    text: 'Which of these planets has the shortest day?',
    right: 'Jupiter',
    wrong: ['Earth', 'Mercury', 'Mars'],
    why: 'Jupiter turns once in less than ten hours, although it is eleven times as wide as the Earth.',
  },
  {
    text: 'What is the chemical symbol of tungsten?',
    right: 'W',
    wrong: ['Tu', 'Tn', 'Tg'],
    why: 'W stands for wolfram, the metal’s other name.',
  },
  {
    text: 'Sound travels faster in water than in air.',
    isTrue: true,
    why: 'It covers nearly 1,500 metres a second in water and about 340 in air, because water is so much harder to squeeze.',
  },
  {
    text: 'How many chromosomes does a typical cell of the human body have?',
    right: '46',
    wrong: ['23', '44', '48'],
    why: 'They come as 23 pairs, one of each pair from the mother and one from the father.',
  },
  {
    text: 'Which gas makes up most of the air that we breathe?',
    right: 'Nitrogen',
    wrong: ['Oxygen', 'Carbon dioxide', 'Argon'],
    why: 'Dry air is about 78 % nitrogen and 21 % oxygen.',
  },
  {
    text: 'At which number do the Celsius and Fahrenheit scales agree?',
    right: '-40',
    wrong: ['-100', '0', '32'],
    why: 'Fahrenheit is 1.8 times Celsius plus 32, which makes -40 out of -40.',
  },
];
