/** Six questions about pop culture, each checked twice. */
import type { StarterQuestion } from './starterQuestion.ts';

export const pop: readonly StarterQuestion[] = [
  {
    text: 'In which town do the Simpsons live?',
    right: 'Springfield',
    wrong: ['Quahog', 'South Park', 'Langley Falls'],
    why: 'Springfield is one of the commonest place names in the United States, which helps the series never to say which state it means.',
  },
  {
    text: 'In The Lord of the Rings, how many rings of power went to the dwarf-lords?',
    right: 'Seven',
    wrong: ['Three', 'Nine', 'Twelve'],
    why: 'Three were for the elven-kings, seven for the dwarf-lords, nine for mortal men, and one for the Dark Lord himself.',
  },
  {
    text: 'In The Legend of Zelda games, Zelda is the name of the green-clad young hero with the sword.',
    isTrue: false,
    why: 'The young hero is called Link. Zelda is the princess of Hyrule.',
  },
  {
    text: 'Which toy maker’s name comes from the Danish words for “play well”?',
    right: 'LEGO',
    wrong: ['Playmobil', 'Mattel', 'Hasbro'],
    why: '“Leg godt” is Danish for “play well”. The company began in 1932 in a carpenter’s workshop in Billund.',
  },
  {
    text: 'In Doctor Who, what does the Doctor’s time machine look like from outside?',
    right: 'A police box',
    wrong: ['A wardrobe', 'A letter box', 'A garden shed'],
    why: 'The TARDIS can disguise itself as anything, but its disguise got stuck in the shape of a London police box.',
  },
  {
    text: 'Which superhero is also known as Diana Prince?',
    right: 'Wonder Woman',
    wrong: ['Catwoman', 'Supergirl', 'Black Widow'],
    why: 'The Amazon princess first appeared in a comic book in 1941.',
  },
];
