/** Six questions about movies, each checked twice. */
import type { StarterQuestion } from './starterQuestion.ts';

export const movies: readonly StarterQuestion[] = [
  {
    text: 'Who directed Jaws, E.T. and Jurassic Park?',
    right: 'Steven Spielberg',
    wrong: ['George Lucas', 'James Cameron', 'Ridley Scott'],
    why: 'Each of the three in its turn earned more at the box office than any film before it.',
  },
  {
    text: 'What was the first feature-length animated film of Walt Disney’s studio?',
    right: 'Snow White and the Seven Dwarfs',
    wrong: ['Pinocchio', 'Fantasia', 'Bambi'],
    why: 'It opened in 1937. While it was being made, people in Hollywood called it “Disney’s Folly”.',
  },
  {
    text: 'In The Empire Strikes Back, Darth Vader says: “Luke, I am your father.”',
    isTrue: false,
    why: 'He says: “No, I am your father.” The misquotation has become better known than the line.',
  },
  {
    text: 'Which studio made Spirited Away and My Neighbour Totoro?',
    right: 'Studio Ghibli',
    wrong: ['Toei Animation', 'Pixar', 'Aardman'],
    why: 'Hayao Miyazaki, one of the studio’s founders, wrote and directed both.',
  },
  {
    text: 'What colour is the pill that Neo swallows in The Matrix?',
    right: 'Red',
    wrong: ['Blue', 'Green', 'White'],
    why: 'The red pill shows him the truth. With the blue one he would have woken up in his bed as if nothing had happened.',
  },
  {
    text: 'Which was the first film not in English to win the Academy Award for Best Picture?',
    right: 'Parasite',
    wrong: ['Roma', 'Amour', 'Life Is Beautiful'],
    why: 'Bong Joon-ho’s film in Korean won four Oscars in 2020, Best Picture among them.',
  },
];
