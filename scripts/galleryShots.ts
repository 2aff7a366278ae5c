/** Which states of the gallery are pictured, at which sizes, and what each shows. */

export const SIZES = {
  phone: { width: 360, height: 740 },
  landscape: { width: 740, height: 360 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1280, height: 800 },
  big: { width: 1920, height: 1080 },
} as const;
export type Size = keyof typeof SIZES;
export const THEMES = ['dark', 'light'] as const;

const EVERYWHERE = ['phone', 'tablet', 'desktop', 'big'] as const satisfies readonly Size[];
/** What people hold in a match. */
const IN_A_MATCH = ['phone', 'landscape', 'tablet', 'desktop', 'big'] as const satisfies readonly Size[];

export interface Shot {
  readonly name: string;
  /** By its name in the gallery. */
  readonly state: string;
  /** Words that are pressed first. */
  readonly press: string | undefined;
  readonly sizes: readonly Size[];
  readonly shows: string;
}

export interface Section {
  readonly title: string;
  readonly shots: readonly Shot[];
}

type Row = readonly [name: string, shows: string, state?: string, press?: string];

const section = (title: string, sizes: readonly Size[], rows: readonly Row[]): Section => ({
  title,
  shots: rows.map(([name, shows, state = name, press]) => ({ name, state, press, sizes, shows })),
});

export const SECTIONS: readonly Section[] = [
  section('Gate', EVERYWHERE, [
    ['gate', 'A busy evening: open lobbies, topics to start at a tap'],
    ['gate-loading', 'The topics are on their way'],
    ['gate-empty', 'A bank without questions'],
    ['gate-offline', 'The relay is out of reach'],
    ['gate-wrong-code', 'A code that no lobby has'],
    ['link-opening', 'A link or QR code is being looked up'],
    ['link-unknown', 'A link whose code no lobby has'],
    ['big-enter', 'A TV is told which lobby to show'],
  ]),
  section('Open a lobby', EVERYWHERE, [
    ['create', 'On a page of its own'],
    ['create-dialog', 'As a dialog, from a topic'],
    ['create-more', 'Everything that can be tuned', 'create-dialog', 'More settings'],
    ['create-offline', 'Without a relay'],
  ]),
  section('Lobby', EVERYWHERE, [
    ['lobby', 'A guest among eight'],
    ['lobby-alone', 'The host, before anybody came'],
    ['lobby-two', 'Two people'],
    ['lobby-teams', 'Three teams to choose from'],
    ['lobby-private', 'No code: by its link alone'],
    ['lobby-offline', 'The relay is out of reach'],
  ]),
  section('Lobby, on every way to hold a phone', IN_A_MATCH, [
    ['lobby-host', 'The host, with a big screen on'],
  ]),
  section('Question', IN_A_MATCH, [
    ['question', 'One of four'],
    ['question-multi', 'Several may be right'],
    ['question-order', 'To be put in order'],
    ['question-text', 'To be typed'],
    ['question-number', 'To be estimated'],
    ['question-picture', 'About a picture'],
    ['question-stake', 'What one dares on the last one'],
    ['question-cut-off', 'A long question, locked in without a path'],
  ]),
  section('Question, its other moments', EVERYWHERE, [
    ['question-poll', 'Without a right answer'],
    ['question-lightning', 'True or false, half the time'],
    ['question-late', 'The last three seconds'],
    ['question-locked', 'Locked in and counted'],
    ['question-teams', 'In teams, with six answers'],
    ['question-on-screen', 'The question is on the big screen'],
    ['question-paused', 'The match stands still'],
    ['dealing', 'Questions are sealed before the first'],
  ]),
  section('Reveal', IN_A_MATCH, [
    ['reveal-right', 'Right, six in a row'],
    ['reveal-wrong', 'Wrong, and a note about the question'],
  ]),
  section('Reveal of the other kinds', EVERYWHERE, [
    ['reveal-multi', 'Several were right'],
    ['reveal-order', 'Partly in order'],
    ['reveal-text', 'Typed, with a slip that is forgiven'],
    ['reveal-number', 'Estimated, not the nearest'],
    ['reveal-poll', 'What people think'],
    ['reveal-picture', 'About a picture'],
    ['reveal-host', 'The host goes on'],
    ['room-menu', 'What a host can do in a match', 'reveal-host', '482 917'],
  ]),
  section('Game over', IN_A_MATCH, [['over', 'Podium, own numbers, rosettes, ticket, proof']]),
  section('Game over, for others', EVERYWHERE, [
    ['over-teams', 'Of teams'],
    ['over-watching', 'Somebody who looked on'],
  ]),
  section('A room that cannot be shown', EVERYWHERE, [
    ['room-loading', 'On its way'],
    ['room-offline', 'Finding the way back'],
    ['room-locked', 'Private, and the key is missing'],
    ['room-unknown', 'Nobody knows it'],
    ['room-new-rules', 'Played by newer rules'],
    ['room-stopped', 'Its authority signed two histories'],
  ]),
  section('Replay and verify', EVERYWHERE, [
    ['replay-empty', 'A file is asked for'],
    ['replay-unreadable', 'It is none of ours'],
    ['replay-checking', 'The check, with its progress'],
    ['replay', 'It checks out, and is watched'],
    ['replay-picture', 'At a question about a picture'],
    ['replay-yourself', 'How to check it without us', 'replay', 'Check it yourself'],
    ['replay-invalid', 'It does not check out'],
    ['score', 'Where somebody’s points come from'],
  ]),
  section('Questions', EVERYWHERE, [
    ['questions', 'Files are asked for'],
    ['questions-reading', 'They are being read'],
    ['questions-read', 'What was found, and what was not taken'],
    ['questions-pictures', 'With their pictures, drawn anew'],
    ['questions-failed', 'They could not be read to the end'],
  ]),
  section('Dialogs', EVERYWHERE, [
    ['profile', 'Name, face, numbers, key'],
    ['settings', 'Look, language, sounds, what is missing here'],
    ['shield', 'How sure this device is'],
    ['shield-fault', 'It is sure that somebody lied'],
    ['screen-dialog', 'How to put it on a TV'],
  ]),
  section('Errors', EVERYWHERE, [
    ['no-page', 'No such page'],
    ['page-broke', 'A page that broke'],
  ]),
  section('Big screen', EVERYWHERE, [
    ['big-lobby', 'The lobby'],
    ['big-lobby-60', 'A school hall'],
    ['big-dealing', 'Questions are sealed'],
    ['big-question', 'A question'],
    ['big-long', 'As many words as there may be'],
    ['big-text', 'To be typed on phones'],
    ['big-picture', 'About a picture'],
    ['big-paused', 'The match stands still'],
    ['big-offline', 'The relay is out of reach'],
    ['big-reveal', 'What was picked'],
    ['big-reveal-text', 'What was typed'],
    ['big-reveal-picture', 'About a picture'],
    ['big-over', 'The podium'],
  ]),
];

export const SHOTS: readonly Shot[] = SECTIONS.flatMap(({ shots }) => shots);
