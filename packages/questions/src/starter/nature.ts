/** Six questions about nature, each checked twice. */
import type { StarterQuestion } from './starterQuestion.ts';

export const nature: readonly StarterQuestion[] = [
  {
    text: 'How many hearts does an octopus have?',
    right: 'Three',
    wrong: ['One', 'Two', 'Eight'],
    why: 'Two pump the blood through the gills, and the third sends it around the body.',
  },
  {
    text: 'Which is the largest animal alive today?',
    right: 'The blue whale',
    wrong: ['The African elephant', 'The whale shark', 'The giant squid'],
    why: 'It can be 30 metres long, and its tongue alone weighs as much as an elephant.',
  },
  {
    text: 'Bats are blind.',
    isTrue: false,
    why: 'All bats can see. Many kinds also find their way in the dark by listening to the echo of their calls.',
  },
  {
    text: 'Which living bird lays the largest eggs?',
    right: 'The ostrich',
    wrong: ['The emu', 'The emperor penguin', 'The wandering albatross'],
    why: 'An ostrich egg weighs about 1.4 kilograms, as much as two dozen hen’s eggs.',
  },
  {
    text: 'On which tree do acorns grow?',
    right: 'Oak',
    wrong: ['Beech', 'Chestnut', 'Maple'],
    why: 'Jays bury acorns by the thousand, do not find all of them again, and so plant new oaks.',
  },
  {
    text: 'Apart from the platypus, which mammals lay eggs?',
    right: 'Echidnas',
    wrong: ['Armadillos', 'Pangolins', 'Sloths'],
    why: 'The platypus and the echidnas are the last of the monotremes; they live in Australia and New Guinea.',
  },
];
