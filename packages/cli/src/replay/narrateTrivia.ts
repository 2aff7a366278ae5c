/** A match of trivia in words: what was asked, what was right, who got what. */
import { z } from 'zod';
import type { Scene } from './scene.ts';

const Round = z.object({
  index: z.int(),
  count: z.int(),
  text: z.string(),
  answers: z.array(z.string()),
  result: z.object({ correct: z.array(z.int()) }).nullish(),
});
const Standing = z.object({ name: z.string(), points: z.int(), rank: z.int(), lastPoints: z.int() });
const View = z.object({ round: Round.nullish(), standings: z.array(Standing) });

const letters = 'ABCDEF';
const SHOWN = 5;

export function triviaLines({ entry, view }: Scene): readonly string[] | undefined {
  switch (entry.kind) {
    case 'reveal':
      return entry.what === 'ask'
        ? asked(View.parse(view()))
        : entry.what === 'answer'
          ? answered(View.parse(view()))
          : undefined;
    case 'key':
      return [];
    case 'lot':
      return entry.more ? [] : ['The sealed answers are opened'];
    case 'close':
      return [`The match is closed: ${entry.reason}`, ...board(View.parse(view()))];
    default:
      return undefined;
  }
}

function asked({ round }: z.infer<typeof View>): readonly string[] {
  if (!round) return [];
  const options = round.answers.map((answer, i) => `${letters[i]} ${answer}`).join('   ');
  return [`Question ${round.index + 1} of ${round.count}: ${round.text}`, `   ${options}`];
}

function answered({ round, standings }: z.infer<typeof View>): readonly string[] {
  const right = round?.result?.correct.map((i) => `${letters[i]} ${round.answers[i]}`).join(' and ');
  const gains = standings
    .filter(({ lastPoints }) => lastPoints > 0)
    .sort((a, b) => b.lastPoints - a.lastPoints);
  const shown = gains.slice(0, SHOWN).map(({ name, lastPoints }) => `${name} +${lastPoints}`);
  const more = gains.length > SHOWN ? ` and ${gains.length - SHOWN} more` : '';
  return [`Right is ${right ?? 'nothing'}: ${shown.length > 0 ? shown.join(', ') + more : 'nobody had it'}`];
}

function board({ standings }: z.infer<typeof View>): readonly string[] {
  return standings.slice(0, SHOWN).map(({ rank, name, points }) => `   ${rank}. ${name}  ${points}`);
}
