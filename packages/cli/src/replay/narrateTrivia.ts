/** A match of trivia in words: what was asked, what was right, who got what. */
import { z } from 'zod';
import { endWords } from './reasonWords.ts';
import type { Scene } from './scene.ts';

const Round = z.object({
  index: z.int(),
  count: z.int(),
  text: z.string(),
  kind: z.string().optional(),
  round: z.string().optional(),
  answers: z.array(z.string()),
  scale: z.object({ decimals: z.int(), unit: z.string().optional() }).optional(),
  result: z
    .object({
      correct: z.array(z.int()),
      accepted: z.array(z.string()).optional(),
      value: z.int().optional(),
    })
    .nullish(),
});
type Round = z.infer<typeof Round>;
const Team = z.object({ team: z.int(), points: z.int(), rank: z.int() });
const Standing = z.object({ name: z.string(), points: z.int(), rank: z.int(), lastPoints: z.int() });
const View = z.object({
  round: Round.nullish(),
  standings: z.array(Standing),
  teams: z.array(Team).optional(),
});

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
      return staked(View.parse(view()));
    case 'lot':
      return entry.more ? [] : ['The sealed answers are opened'];
    case 'close':
      return [`The match is closed: ${endWords(entry.reason)}`, ...board(View.parse(view()))];
    default:
      return undefined;
  }
}

function asked({ round }: z.infer<typeof View>): readonly string[] {
  if (!round) return [];
  const options = round.answers.map((answer, i) => `${letters[i]} ${answer}`).join('   ');
  const kind = ROUNDS[round.round ?? ''] ?? '';
  return [
    `Question ${round.index + 1} of ${round.count}${kind}: ${round.text}`,
    ...(options === '' ? [] : [`   ${options}`]),
  ];
}

const ROUNDS: Readonly<Record<string, string>> = {
  practice: ', for practice',
  lightning: ', lightning',
  wager: ', for what is staked',
};

/** The key of the last question comes before it, where there are stakes. */
function staked({ round }: z.infer<typeof View>): readonly string[] {
  return round?.round === 'wager' && round.text === ''
    ? ['What each dares is staked on the last question']
    : [];
}

function rightOf({ kind, answers, result, scale }: Round): string {
  if (!result) return 'nothing';
  if (kind === 'poll') return 'whatever one thinks';
  if (result.accepted) return result.accepted[0] ?? 'nothing';
  if (result.value !== undefined) return estimateText(result.value, scale);
  const names = result.correct.map((i) => `${letters[i]} ${answers[i]}`);
  return kind === 'order' ? names.join(', then ') : names.join(' and ');
}

function estimateText(
  value: number,
  { decimals, unit = '' }: NonNullable<Round['scale']> = { decimals: 0 },
): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return `${value < 0 ? '-' : ''}${text}${unit === '' ? '' : ` ${unit}`}`;
}

function answered({ round, standings }: z.infer<typeof View>): readonly string[] {
  const gains = standings
    .filter(({ lastPoints }) => lastPoints > 0)
    .sort((a, b) => b.lastPoints - a.lastPoints);
  const shown = gains.slice(0, SHOWN).map(({ name, lastPoints }) => `${name} +${lastPoints}`);
  const more = gains.length > SHOWN ? ` and ${gains.length - SHOWN} more` : '';
  return [
    `Right is ${round ? rightOf(round) : 'nothing'}: ${shown.length > 0 ? shown.join(', ') + more : 'nobody had it'}`,
  ];
}

function board({ standings, teams = [] }: z.infer<typeof View>): readonly string[] {
  const ofTeams = teams.map(({ rank, team, points }) => `   ${rank}. Team ${team + 1}  ${points}`);
  return [...ofTeams, ...boardOf(standings)];
}

function boardOf(standings: readonly z.infer<typeof Standing>[]): readonly string[] {
  return standings.slice(0, SHOWN).map(({ rank, name, points }) => `   ${rank}. ${name}  ${points}`);
}
