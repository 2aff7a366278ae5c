/** Every screen in every state that a person may meet it in, by name: `/gallery?screen=<name>` shows one, a test looks at all of them. */
import type { Component } from 'svelte';
import Lobby from '#lib/play/trivia/Lobby.svelte';
import Over from '#lib/play/trivia/Over.svelte';
import ProfileDialog from '#lib/play/ProfileDialog.svelte';
import Question from '#lib/play/trivia/Question.svelte';
import Replay from '#lib/play/replay/ReplayView.svelte';
import ScoreDialog from '#lib/play/replay/ScoreDialog.svelte';
import Reveal from '#lib/play/trivia/Reveal.svelte';
import SettingsDialog from '#lib/play/SettingsDialog.svelte';
import BigScreen from '#lib/play/screen/BigScreen.svelte';
import CodeDoor from '#lib/room/CodeDoor.svelte';
import FollowedStage from '#lib/play/screen/FollowedStage.svelte';
import ScreenDialog from '#lib/room/ScreenDialog.svelte';
import ShieldDialog from '#lib/room/ShieldDialog.svelte';
import Table from '#lib/room/Table.svelte';
import type { TriviaScreen } from '#lib/play/trivia/screen.ts';
import type { TriviaView } from '#lib/play/trivia/view.ts';
import { m } from '#lib/paraglide/messages.js';
import { bank } from '#lib/play/bank.svelte.ts';
import ErrorPage from '../+error.svelte';
import CreateDialog from '../create/CreateDialog.svelte';
import CreatePage from '../create/+page.svelte';
import ScreenPage from '../screen/[[place]]/+page.svelte';
import Gate from '../Gate.svelte';
import CodePage from '../j/[code]/+page.svelte';
import QuestionsPage from '../questions/+page.svelte';
import * as example from './allExamples.ts';
import ChatMarks from './ChatMarks.svelte';
import { withDevice } from './deviceExamples.ts';
import * as gate from './gateExamples.ts';
import { nims } from './nimExamples.ts';
import PartLost from './PartLost.svelte';
import { player, tables } from './tableExamples.ts';
import { desks } from './questionExamples.ts';
import { replays, scores } from './replayExamples.ts';
import { screens } from './screenExamples.ts';
import { crowd, stages } from './stages.ts';

type Properties = Readonly<Record<string, unknown>>;

export interface GalleryState {
  readonly component: Component<Properties>;
  readonly properties: () => Properties;
  /** What the page says of the connection. */
  readonly offline: boolean;
  /** Sets what a page does not take as properties. */
  prepare(): void;
}

/** `State.svelte` adds the snippets that every screen is given. */
function state<P extends object>(
  component: Component<P>,
  properties: () => Omit<P, 'shield' | 'notices' | 'foot'>,
  offline = false,
  prepare = () => {},
): GalleryState {
  // The pair was just checked; from here on it only travels together.
  return {
    component: component as unknown as Component<Properties>,
    properties: properties as () => Properties,
    offline,
    prepare,
  };
}

const screen = (view: TriviaView, change: Partial<TriviaScreen> = {}) => ({
  screen: example.screenOf(view, change),
});

const lobbies = {
  lobby: state(Lobby, () => screen(example.lobby)),
  'lobby-host': state(Lobby, () =>
    screen(example.lobby, { isHost: true, screens: { count: 1, optionsOnly: true, onoptions: () => {} } }),
  ),
  'lobby-alone': state(Lobby, () =>
    screen({ ...example.among(example.lobby, 2), host: example.ME }, { isHost: true, chat: [] }),
  ),
  'lobby-two': state(Lobby, () => screen(example.among(example.lobby, 0, 2), { chat: [] })),
  'lobby-teams': state(Lobby, () => screen(example.inTeams(), { isHost: true })),
  'lobby-empty': state(Lobby, () =>
    screen({ ...example.looking(example.lobby), standings: [] }, { chat: [], watching: 0 }),
  ),
  'lobby-watching': state(Lobby, () => screen(example.looking(example.lobby))),
  'lobby-joining': state(Lobby, () => screen(example.looking(example.lobby), { pending: () => true })),
  'lobby-full': state(Lobby, () =>
    screen({ ...example.looking(example.lobby), config: { ...example.lobby.config, seats: 8 } }),
  ),
  'lobby-crowd': state(Lobby, () =>
    screen({ ...example.lobby, standings: [...example.seats, ...crowd(42)] }),
  ),
  'lobby-draft': state(Lobby, () =>
    screen(example.lobby, { drafts: { questions: { value: 25, by: 'Velvet Otter' } } }),
  ),
  'lobby-private': state(Lobby, () => ({
    screen: example.screenOf(example.lobby, { facts: stages['big-private']().facts }),
  })),
  'lobby-offline': state(Lobby, () => screen(example.lobby, { online: false }), true),
};

const questions = {
  ...Object.fromEntries(
    Object.entries(example.rounds).map(([name, view]) => [
      `question-${name}`,
      state(Question, () => screen(view(), { isHost: name.endsWith('host') })),
    ]),
  ),
  dealing: state(Question, () => screen({ ...example.lobby, phase: 'dealing' })),
  drawing: state(Question, () => screen({ ...example.lobby, phase: 'drawing' })),
  question: state(Question, () => screen(example.running(12_000))),
  'question-late': state(Question, () => screen(example.running(2800))),
  'question-closing': state(Question, () => screen({ ...example.running(-200), phase: 'closing' })),
  'question-watching': state(Question, () => screen(example.looking(example.running(12_000)))),
  'question-offline': state(Question, () => screen(example.running(9000), { online: false }), true),
  // Both at once, over as many words as there are.
  'question-cut-off': state(
    Question,
    () => screen(example.running(9000, example.LONG), { online: false, lock: example.held }),
    true,
  ),
  'question-skipped': state(Question, () =>
    screen(example.running(9000), { skipped: { name: 'Velvet Otter', at: Date.now() } }),
  ),
  'question-on-screen': state(Question, () =>
    screen(example.running(9000), { screens: { count: 1, optionsOnly: true, onoptions: undefined } }),
  ),
  ...Object.fromEntries(
    Object.entries(example.locks).map(([name, lock]) => [
      `question-${name}`,
      state(Question, () => screen(example.running(9000), { lock })),
    ]),
  ),
};

const reveal = (view: TriviaView, change: Partial<TriviaScreen> = {}) => ({
  ...screen(view, change),
  round: view.round as NonNullable<TriviaView['round']>,
  result: view.round?.result as NonNullable<NonNullable<TriviaView['round']>['result']>,
});

const reveals = {
  ...Object.fromEntries(
    Object.entries(example.results).map(([name, view]) => [
      `reveal-${name}`,
      state(Reveal, () => reveal(view(), { myVote: 'up' })),
    ]),
  ),
  'reveal-right': state(Reveal, () => reveal(example.revealed(2), { myVote: 'up' })),
  'reveal-wrong': state(Reveal, () => reveal(example.revealed(0), { myVote: 'flag' })),
  'reveal-none': state(Reveal, () => reveal(example.revealed(null))),
  'reveal-paused': state(Reveal, () =>
    reveal({ ...example.revealed(2), rest: { by: 'seat-0', why: '', since: Date.now() } }),
  ),
  'reveal-host': state(Reveal, () => reveal(example.revealed(2), { isHost: true })),
  'reveal-refused': state(Reveal, () => reveal(example.revealed(null), { lock: example.late })),
  'reveal-watching': state(Reveal, () => reveal(example.looking(example.revealed(2)))),
};

const ends = {
  over: state(Over, () => screen(example.over())),
  'over-teams': state(Over, () => screen(example.overInTeams())),
  'over-shared': state(Over, () => screen(example.overShared())),
  'over-host': state(Over, () => screen(example.over(), { isHost: true })),
  'over-skipped': state(Over, () =>
    screen(example.over(), { skipped: { name: 'Velvet Otter', at: Date.now() } }),
  ),
  'over-watching': state(Over, () => screen(example.looking(example.over()))),
  'over-unchecked': state(Over, () => screen(example.over(), { verified: 'replayed' })),
  'over-alone': state(Over, () => screen(example.overAlone(), { isHost: true })),
  'over-offline': state(Over, () => screen(example.over(), { online: false }), true),
};

const gates = {
  gate: state(Gate, () => gate.busy),
  'gate-quiet': state(Gate, () => gate.quiet),
  'gate-loading': state(Gate, () => gate.loading),
  'gate-empty': state(Gate, () => gate.empty),
  'gate-offline': state(Gate, () => gate.offline, true),
  'gate-wrong-code': state(Gate, () => gate.wrongCode),
  'gate-too-many': state(Gate, () => gate.tooMany),
  'gate-referee-away': state(Gate, () => gate.refereeAway),
  'gate-key-lost': state(Gate, () => gate.quiet, false, withDevice({ keyLost: true })),
  'gate-unreadable': state(Gate, () => gate.quiet, false, withDevice({ unreadable: 2 })),
  'gate-forgetful': state(Gate, () => gate.quiet, false, withDevice({ forgetful: true })),
  'gate-newer': state(Gate, () => gate.quiet, false, withDevice({}, true)),
  'gate-too-old': state(Gate, () => gate.tooOld, false, withDevice({}, true)),
};

const withBank = (change: Partial<typeof bank>) => () => void Object.assign(bank, change);

const creates = {
  create: state(CreatePage, () => ({}), false, withBank({ status: 'ready', topics: gate.busy.topics })),
  'create-dialog': state(
    CreateDialog,
    () => ({ open: true, topic: 'geography' }),
    false,
    withBank({ status: 'ready', topics: gate.busy.topics }),
  ),
  'create-too-few': state(
    CreateDialog,
    () => ({ open: true, topic: 'geography' }),
    false,
    withBank({ status: 'ready', topics: gate.few }),
  ),
  'create-loading': state(CreatePage, () => ({}), false, withBank({ status: 'loading', topics: [] })),
  'create-offline': state(
    CreatePage,
    () => ({}),
    true,
    withBank({ status: 'failed', topics: [], code: 'unreachable' }),
  ),
  'big-enter': state(ScreenPage, () => ({})),
  'link-unknown': state(CodePage, () => ({})),
  'link-opening': state(CodeDoor, () => ({
    ...{ title: m.opening_code(), code: '482917', problem: undefined, onchange: () => {}, onenter: () => {} },
  })),
};

const dialogs = {
  profile: state(ProfileDialog, () => ({ open: true })),
  settings: state(SettingsDialog, () => ({ open: true })),
  'settings-forgetful': state(SettingsDialog, () => ({ open: true }), false, withDevice({ forgetful: true })),
  shield: state(ShieldDialog, () => ({
    ...{ open: true, level: 'audited' as const, entry: 128, charges: [example.keptBack], isDoubted: true },
    ...{ agreeing: 3, world: 'qaz4tu', onreceipts: () => {} },
  })),
  'shield-fault': state(ShieldDialog, () => ({
    ...{ open: true, level: 'fault' as const, entry: 127, fault: example.twoHistories },
    ...{ charges: [example.equivocation], world: 'qaz4tu' },
  })),
  score: state(ScoreDialog, () => ({
    ...{
      name: 'Lucky Lantern',
      points: 5240,
      scores,
      onclose: () => {},
      onseek: () => {},
      onproof: () => {},
    },
  })),
  'score-loading': state(ScoreDialog, () => ({
    ...{ name: 'Lucky Lantern', points: 5240, scores: undefined },
    ...{ onclose: () => {}, onseek: () => {}, onproof: () => {} },
  })),
  'screen-dialog': state(ScreenDialog, () => ({
    ...{ open: true, facts: example.screenOf(example.lobby).facts },
    screens: { count: 1, optionsOnly: true, onoptions: () => {} },
  })),
};

const elsewhere = {
  'chat-marks': state(ChatMarks, () => ({ lines: example.screenOf(example.lobby).chat })),
  'no-page': state(ErrorPage, () => ({ status: 404 })),
  'page-broke': state(ErrorPage, () => ({ status: 500 })),
  'part-missing': state(PartLost, () => ({})),
};

export const catalogue: Readonly<Record<string, GalleryState>> = {
  ...gates,
  ...creates,
  ...lobbies,
  ...questions,
  ...reveals,
  ...ends,
  ...Object.fromEntries(
    Object.entries({ ...tables, ...nims }).map(([name, now]) => [
      name,
      state(Table, () => player(now(), name)),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(replays).map(([name, replay]) => [name, state(Replay, () => ({ replay }))]),
  ),
  ...Object.fromEntries(
    Object.entries(desks).map(([name, desk]) => [name, state(QuestionsPage, () => ({ desk }))]),
  ),
  ...dialogs,
  ...elsewhere,
  ...Object.fromEntries(
    Object.entries(stages).map(([name, stage]) => [
      name,
      state(BigScreen, () => ({ stage: stage() }), name === 'big-offline'),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(screens).map(([name, now]) => [
      name,
      state(FollowedStage, () => ({ ...player(now()), room: undefined })),
    ]),
  ),
};
