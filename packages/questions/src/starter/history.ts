/** Six questions about history, each checked twice. */
import type { StarterQuestion } from './starterQuestion.ts';

export const history: readonly StarterQuestion[] = [
  {
    text: 'In which year did the Berlin Wall fall?',
    right: '1989',
    wrong: ['1985', '1987', '1991'],
    why: 'The crossings opened on the evening of 9 November 1989, after 28 years.',
  },
  {
    text: 'Who was the last queen to rule Egypt before it became a Roman province?',
    right: 'Cleopatra',
    wrong: ['Nefertiti', 'Hatshepsut', 'Nefertari'],
    why: 'Cleopatra VII died in 30 BC. Nefertiti, Hatshepsut and Nefertari had lived more than a thousand years before her.',
  },
  {
    text: 'The Great Fire of London and the American Declaration of Independence fall in the same century.',
    isTrue: false,
    why: 'London burnt in 1666; the Declaration was signed 110 years later, in 1776.',
  },
  {
    text: 'Which people built Machu Picchu?',
    right: 'The Inca',
    wrong: ['The Aztecs', 'The Maya', 'The Olmecs'],
    why: 'It was built in the 15th century, high above the Urubamba valley in today’s Peru.',
  },
  {
    text: 'Which book did Johannes Gutenberg print in Mainz around 1455?',
    right: 'The Bible',
    wrong: ['The Divine Comedy', 'The Odyssey', 'The Canterbury Tales'],
    why: 'Some 180 copies were printed with movable metal type, and about fifty of them survive.',
  },
  {
    text: 'Who was the first person to travel into space?',
    right: 'Yuri Gagarin',
    wrong: ['Neil Armstrong', 'Valentina Tereshkova', 'Alan Shepard'],
    why: 'On 12 April 1961 Gagarin flew once around the Earth. The journey took 108 minutes.',
  },
];
