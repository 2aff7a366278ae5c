/** What a screen shows of a match; plain data, the same function for players and lookers-on. */
import { bytesToHex, type Millis } from '@fairground/ledger';
import type { Card, Viewer } from '../game.ts';
import type { Config } from './config.ts';
import { type OverView, overView } from './over.ts';
import { type RoundView, roundView } from './roundView.ts';
import { isJudged, isRight } from './judge.ts';
import { firstAnd, standings } from './standings.ts';
import type { TeamScore } from './summary.ts';
import { teamCount, teamScores } from './teams.ts';
import { type RateableQuestion, rateableQuestions } from './votes.ts';
import { type Phase, type Ranked, type Seat, seatOf, type State } from './state.ts';

export interface Standing {
  readonly id: string;
  readonly name: string;
  readonly avatar: number;
  readonly points: number;
  readonly rank: number;
  readonly rankBefore: number;
  readonly streak: number;
  readonly right: number;
  readonly asked: number;
  readonly present: boolean;
  readonly ready: boolean;
  /** In this round. */
  readonly answered: boolean;
  readonly lastPoints: number;
  readonly team?: number;
}

/** The host has paused the match. */
export interface RestView {
  readonly by: string;
  readonly why: string;
  readonly since: Millis;
  /** When it goes on, once that is known. */
  readonly until?: Millis;
}

export interface View {
  readonly game: 'trivia';
  readonly phase: Phase;
  readonly paused: boolean;
  /** The state's clock: the newest entry's time. */
  readonly now: Millis;
  readonly title: string;
  readonly topics: readonly string[];
  readonly config: Config;
  readonly host: string;
  readonly me?: string;
  readonly seatsCount: number;
  readonly round?: RoundView;
  /** At most 100, and me. */
  readonly standings: readonly Standing[];
  /** Mine, by question so far. */
  readonly history: readonly ('hit' | 'miss' | 'none')[];
  /** How the dice stand: who is waited for, who was left out. */
  readonly draw?: { readonly round: number; readonly waiting: number; readonly missed: number };
  readonly over?: OverView;
  readonly rest?: RestView;
  /** The room takes nobody new. */
  readonly locked?: true;
  /** Somebody asks for the host, who has until then to be heard. */
  readonly claim?: { readonly by: string; readonly until: Millis };
  /** I was sent out. */
  readonly out?: { readonly until: Millis; readonly why: string };
  /** In order of standing; only where there are teams. */
  readonly teams?: readonly TeamScore[];
  /** What I may still vote on, after the match, and until when. */
  readonly rate?: { readonly until: Millis; readonly questions: readonly RateableQuestion[] };
}

const SHOWN = 100;

export function view(state: State, { key }: Viewer): View {
  const me = key && seatOf(state, key);
  const round = roundView(state, me);
  const { draw } = state;
  return {
    game: 'trivia',
    phase: state.phase,
    paused: state.pausedAt !== undefined,
    now: state.now,
    title: state.config.title,
    topics: state.config.topics,
    config: state.config,
    host: bytesToHex(state.host),
    ...(me ? { me: me.id } : {}),
    seatsCount: state.presentCount,
    ...(round ? { round } : {}),
    standings: firstAnd(standings(state), SHOWN, me).map((ranked) => standingOf(state, ranked)),
    history: me ? historyOf(state, me) : [],
    ...(draw && state.phase === 'drawing'
      ? {
          draw: {
            round: draw.round,
            waiting: draw.contenders.filter(({ secret }) => !secret).length,
            missed: draw.missed.length,
          },
        }
      : {}),
    ...hostView(state),
    ...(me?.out ? { out: { ...me.out } } : {}),
    ...(teamCount(state) > 0 ? { teams: teamScores(state) } : {}),
    ...(state.phase === 'over' || state.phase === 'closed' ? { over: overView(state, me) } : {}),
    ...(state.phase === 'over' && me?.present
      ? { rate: { until: state.by, questions: rateableQuestions(state, me) } }
      : {}),
  };
}

function hostView({ rest, locked, claim, seats }: State): Pick<View, 'rest' | 'locked' | 'claim'> {
  const isOpen = claim !== undefined && !claim.answered;
  return {
    ...(rest ? { rest: { ...rest, by: bytesToHex(rest.by) } } : {}),
    ...(locked ? { locked } : {}),
    ...(isOpen ? { claim: { by: seats[claim.by]?.id ?? '', until: claim.until } } : {}),
  };
}

/** A room that takes nobody new is full. */
export function card({ config, phase, presentCount, locked }: State): Card {
  const isLobby = phase === 'lobby';
  const isOver = phase === 'over' || phase === 'closed';
  return {
    title: config.title,
    topic: config.topics[0] ?? '',
    phase: isLobby ? 'open' : isOver ? 'over' : 'running',
    players: presentCount,
    seats: locked ? presentCount : config.seats,
  };
}

function standingOf(state: State, { seat, rank, rankBefore }: Ranked): Standing {
  const { id, name, avatar, points, streak, right, asked, present, ready, lastPoints } = seat;
  const answered = hasAnswered(state, seat);
  return {
    id,
    name,
    avatar,
    points,
    rank,
    rankBefore,
    streak,
    right,
    asked,
    present,
    ready,
    answered,
    lastPoints,
    ...(seat.team === undefined ? {} : { team: seat.team }),
  };
}

/** Or staked, where that is asked. */
function hasAnswered(state: State, seat: Seat): boolean {
  if (state.phase === 'wager') return state.questions[state.current]?.stakes.has(seat.number) ?? false;
  return (seat.turns[state.current]?.entry ?? -1) !== -1;
}

function historyOf({ questions }: State, seat: Seat): View['history'] {
  return questions.flatMap((question, index) => {
    if (question.outcome === 'waiting') return [];
    const turn = seat.turns[index];
    const isNothing = question.outcome === 'void' || !turn || turn.entry === -1 || !isJudged(question);
    if (isNothing) return ['none' as const];
    return [isRight(question, turn) ? ('hit' as const) : ('miss' as const)];
  });
}
