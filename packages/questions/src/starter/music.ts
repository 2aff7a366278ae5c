/** Six questions about music, each checked twice. */
import type { StarterQuestion } from './starterQuestion.ts';

export const music: readonly StarterQuestion[] = [
  {
    text: 'How many strings does a standard violin have?',
    right: 'Four',
    wrong: ['Three', 'Five', 'Six'],
    why: 'They are tuned to G, D, A and E.',
  },
  {
    text: 'Who composed the violin concertos called The Four Seasons?',
    right: 'Antonio Vivaldi',
    wrong: ['Johann Sebastian Bach', 'Joseph Haydn', 'George Frideric Handel'],
    why: 'They were published in 1725, with sonnets that say what the music paints.',
  },
  {
    text: 'Ludwig van Beethoven was almost completely deaf when his Ninth Symphony was first performed.',
    isTrue: true,
    why: 'It is told that at the first performance, in 1824, a singer turned him around so that he could see the applause.',
  },
  {
    text: 'Which band recorded the album Abbey Road?',
    right: 'The Beatles',
    wrong: ['The Rolling Stones', 'The Who', 'The Kinks'],
    why: 'It came out in 1969, and fans have been walking over the zebra crossing on its cover ever since.',
  },
  {
    text: 'What does the Italian word “piano” in a score ask the musician to do?',
    right: 'To play softly',
    wrong: ['To play slowly', 'To play fast', 'To play loudly'],
    why: 'The instrument is named after it: pianoforte means “soft-loud”.',
  },
  {
    text: 'To which note does an orchestra usually tune?',
    right: 'A',
    wrong: ['C', 'E', 'G'],
    why: 'The oboe plays it and the others follow; the usual pitch is about 440 vibrations a second.',
  },
];
