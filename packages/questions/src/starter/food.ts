/** Six questions about food, each checked twice. */
import type { StarterQuestion } from './starterQuestion.ts';

export const food: readonly StarterQuestion[] = [
  {
    text: 'Which fruit is the main ingredient of guacamole?',
    right: 'Avocado',
    wrong: ['Lime', 'Tomato', 'Mango'],
    why: 'The name comes from the Aztecs’ language, Nahuatl, and means avocado sauce.',
  },
  {
    text: 'Which spice is made of the stigmas of a crocus?',
    right: 'Saffron',
    wrong: ['Turmeric', 'Paprika', 'Cardamom'],
    why: 'It takes more than a hundred flowers, picked by hand, to make a gram.',
  },
  {
    text: 'White chocolate is made with cocoa butter.',
    isTrue: true,
    why: 'It contains cocoa butter, milk and sugar, but none of the solids that make other chocolate brown.',
  },
  {
    text: 'Which grain is sake brewed from?',
    right: 'Rice',
    wrong: ['Barley', 'Millet', 'Wheat'],
    why: 'A mould called koji turns the starch of the rice into sugar, and yeast turns the sugar into alcohol.',
  },
  {
    text: 'What is the main ingredient of hummus?',
    right: 'Chickpeas',
    wrong: ['Lentils', 'White beans', 'Aubergines'],
    why: 'Hummus is simply the Arabic word for chickpeas.',
  },
  {
    text: 'In the European Union, cheese may be sold as feta only if it comes from which country?',
    right: 'Greece',
    wrong: ['Bulgaria', 'Cyprus', 'Italy'],
    why: 'The name has been protected since 2002. Feta is made from sheep’s milk with up to 30 % goat’s milk.',
  },
];
