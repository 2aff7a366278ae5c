/** Six questions about sports, each checked twice. */
import type { StarterQuestion } from './starterQuestion.ts';

export const sports: readonly StarterQuestion[] = [
  {
    text: 'How many players of one team are on court in indoor volleyball?',
    right: 'Six',
    wrong: ['Five', 'Seven', 'Eight'],
    why: 'Three stand at the net and three behind; when a team wins the serve back, its players rotate.',
  },
  {
    text: 'Which country won the first men’s football World Cup, in 1930?',
    right: 'Uruguay',
    wrong: ['Argentina', 'Brazil', 'Italy'],
    why: 'Uruguay was also the host, and beat Argentina 4–2 in the final.',
  },
  {
    text: 'The official length of a marathon is 42.195 kilometres.',
    isTrue: true,
    why: 'The odd distance was first run at the London Olympics of 1908 and became the standard in 1921.',
  },
  {
    text: 'In which sport do teams play for the Stanley Cup?',
    right: 'Ice hockey',
    wrong: ['Basketball', 'Baseball', 'American football'],
    why: 'Lord Stanley of Preston, then Governor General of Canada, gave the cup in 1892.',
  },
  {
    text: 'What is the perfect score in a game of ten-pin bowling?',
    right: '300',
    wrong: ['100', '200', '360'],
    why: 'It takes twelve strikes in a row.',
  },
  {
    text: 'Which of the four Grand Slam tennis tournaments is still played on grass?',
    right: 'Wimbledon',
    wrong: ['The French Open', 'The US Open', 'The Australian Open'],
    why: 'The US Open left grass after 1974, the Australian Open after 1987.',
  },
];
