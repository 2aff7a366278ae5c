/** Six questions about geography, each checked twice. */
import type { StarterQuestion } from './starterQuestion.ts';

export const geography: readonly StarterQuestion[] = [
  {
    text: 'Which country is the smallest in the world by area?',
    right: 'Vatican City',
    wrong: ['Monaco', 'San Marino', 'Nauru'],
    why: 'It covers about half a square kilometre, and all of it lies inside Rome.',
  },
  {
    text: 'Which river flows through Vienna, Bratislava, Budapest and Belgrade?',
    right: 'The Danube',
    wrong: ['The Rhine', 'The Elbe', 'The Vistula'],
    why: 'The Danube passes four capital cities on its way from the Black Forest to the Black Sea.',
  },
  {
    text: 'Both the equator and the Greenwich meridian run through Africa.',
    isTrue: true,
    why: 'On the mainland the equator runs from Gabon to Somalia, and the meridian from Algeria to Ghana.',
  },
  {
    text: 'Which country has the only national flag that is neither a rectangle nor a square?',
    right: 'Nepal',
    wrong: ['Bhutan', 'Switzerland', 'Qatar'],
    why: 'Nepal’s flag is two pennants, one above the other. Switzerland’s is a square.',
  },
  {
    text: 'Which city lies on both sides of the Bosphorus, on two continents?',
    right: 'Istanbul',
    wrong: ['Athens', 'Cairo', 'Tbilisi'],
    why: 'Its western side is in Europe and its eastern side in Asia; bridges and tunnels join the two.',
  },
  {
    text: 'Which of these deserts is the driest?',
    right: 'The Atacama',
    wrong: ['The Gobi', 'The Sahara', 'The Kalahari'],
    why: 'In the heart of Chile’s Atacama, weather stations have gone for years without measuring any rain.',
  },
];
