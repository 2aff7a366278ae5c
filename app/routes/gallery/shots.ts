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
    ['gate-quiet', 'Nobody plays yet'],
    ['gate-loading', 'The topics are on their way'],
    ['gate-empty', 'A bank without questions'],
    ['gate-offline', 'The relay is out of reach'],
    ['gate-wrong-code', 'A code that no lobby has'],
    ['gate-too-many', 'Too many codes were tried'],
    ['gate-referee-away', 'The authority is out of reach'],
    ['link-opening', 'A link or QR code is being looked up'],
    ['link-unknown', 'A link whose code no lobby has'],
    ['big-enter', 'A TV is told which lobby to show'],
  ]),
  section('Gate, and what this device has to say', EVERYWHERE, [
    ['gate-forgetful', 'A browser that keeps nothing'],
    ['gate-key-lost', 'The key that was here is gone'],
    ['gate-unreadable', 'Stored answers that could not be read'],
    ['gate-newer', 'A newer version of the app is there'],
    ['gate-too-old', 'The app is older than its server'],
    ['part-missing', 'A part of the page could not be loaded'],
  ]),
  section('Open a lobby', EVERYWHERE, [
    ['create', 'On a page of its own'],
    ['create-dialog', 'As a dialog, from a topic'],
    ['create-more', 'Everything that can be tuned', 'create-dialog', 'More settings'],
    ['create-offline', 'Without a relay'],
    ['create-loading', 'The topics are on their way'],
    ['create-too-few', 'Fewer questions than are asked for'],
  ]),
  section('Lobby', EVERYWHERE, [
    ['lobby', 'A guest among eight'],
    ['lobby-alone', 'The host, before anybody came'],
    ['lobby-two', 'Two people'],
    ['lobby-teams', 'Three teams to choose from'],
    ['lobby-private', 'No code: by its link alone'],
    ['lobby-draft', 'The host turns a setting'],
    ['lobby-watching', 'Somebody who looks on'],
    ['lobby-joining', 'A seat is being taken'],
    ['lobby-full', 'Every seat is taken'],
    ['lobby-crowd', 'Fifty people'],
    ['lobby-empty', 'Nobody is seated yet'],
    ['chat-marks', 'The marks of a chat line'],
    ['room-sent-out', 'Somebody whom the host sent out'],
    ['room-name-refused', 'A name that is not taken'],
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
  section('Question, and what became of my answer', IN_A_MATCH, [
    ['question-held', 'Locked in, and on this device alone'],
    ['question-unkept', 'Locked in, and not even kept on this device'],
    ['question-kept', 'The relay has it, the authority not yet'],
    ['question-refused', 'It came too late'],
  ]),
  section('Question, its other moments', EVERYWHERE, [
    ['question-poll', 'Without a right answer'],
    ['question-lightning', 'True or false, half the time'],
    ['question-late', 'The last three seconds'],
    ['question-locked', 'Locked in and counted'],
    ['question-teams', 'In teams, with six answers'],
    ['question-on-screen', 'The question is on the big screen'],
    ['question-paused', 'The match stands still'],
    ['question-paused-host', 'It stands still, and I am the host'],
    ['question-goes-on', 'It goes on in three seconds'],
    ['question-closing', 'Time is up, answers are collected'],
    ['question-watching', 'Somebody who looks on'],
    ['question-offline', 'The relay is out of reach'],
    ['question-skipped', 'The host took a question out'],
    ['question-picture-coming', 'Its picture is on its way'],
    ['question-picture-away', 'Its picture is out of reach'],
    ['room-host-gone', 'Somebody asks for the host'],
    ['room-delayed', 'An answer that was carried too late'],
    ['room-withheld', 'Something of mine that nobody shows'],
    ['room-doubted', 'Another history was heard of'],
    ['drawing', 'The dice are thrown together'],
    ['dealing', 'Questions are sealed before the first'],
  ]),
  section('Reveal', IN_A_MATCH, [
    ['reveal-right', 'Right, six in a row'],
    ['reveal-wrong', 'Wrong, and a note about the question'],
    ['reveal-none', 'Nothing was said'],
    ['reveal-refused', 'It came too late'],
    ['reveal-stake-lost', 'The stake is gone'],
  ]),
  section('Reveal of the other kinds', EVERYWHERE, [
    ['reveal-multi', 'Several were right'],
    ['reveal-order', 'Partly in order'],
    ['reveal-text', 'Typed, with a slip that is forgiven'],
    ['reveal-number', 'Estimated, not the nearest'],
    ['reveal-poll', 'What people think'],
    ['reveal-picture', 'About a picture'],
    ['reveal-host', 'The host goes on'],
    ['reveal-paused', 'The match stands still'],
    ['reveal-watching', 'Somebody who looks on'],
    ['room-menu', 'What a host can do in a match', 'reveal-host', '482 917'],
  ]),
  section('Game over', IN_A_MATCH, [['over', 'Podium, own numbers, rosettes, ticket, proof']]),
  section('Game over, for others', EVERYWHERE, [
    ['over-teams', 'Of teams'],
    ['over-watching', 'Somebody who looked on'],
    ['over-host', 'The host, who may play again'],
    ['over-alone', 'Nobody else was there'],
    ['over-shared', 'Rosettes that many share'],
    ['over-skipped', 'The last question was taken out'],
    ['over-unchecked', 'Not checked from its beginning yet'],
    ['over-offline', 'The relay is out of reach'],
  ]),
  section('A room that cannot be shown', EVERYWHERE, [
    ['room-loading', 'On its way'],
    ['room-offline', 'Finding the way back'],
    ['room-locked', 'Private, and the key is missing'],
    ['room-unknown', 'Nobody knows it'],
    ['room-new-rules', 'Played by newer rules'],
    ['room-new-game', 'A game that this app does not have'],
    ['room-stopped', 'Its authority signed two histories'],
  ]),
  section('Nim', EVERYWHERE, [
    ['nim-lobby', 'A seat is free'],
    ['nim-drawing', 'Dice say who begins'],
    ['nim-turn', 'My turn'],
    ['nim-other', 'Somebody else’s turn'],
    ['nim-refused', 'More than there are'],
    ['nim-watching', 'Somebody who looks on'],
    ['nim-over', 'Won'],
  ]),
  section('Replay and verify', EVERYWHERE, [
    ['replay-empty', 'A file is asked for'],
    ['replay-unreadable', 'It is none of ours'],
    ['replay-reading', 'It is being opened'],
    ['replay-checking', 'The check, with its progress'],
    ['replay', 'It checks out, and is watched'],
    ['replay-picture', 'At a question about a picture'],
    ['replay-yourself', 'How to check it without us', 'replay', 'Check it yourself'],
    ['replay-invalid', 'It does not check out'],
    ['score', 'Where somebody’s points come from'],
    ['score-loading', 'They are being counted'],
  ]),
  section('Questions', EVERYWHERE, [
    ['questions', 'Files are asked for'],
    ['questions-reading', 'They are being read'],
    ['questions-read', 'What was found, and what was not taken'],
    ['questions-pictures', 'With their pictures, drawn anew'],
    ['questions-failed', 'They could not be read to the end'],
    ['questions-none', 'There was none in them'],
  ]),
  section('Dialogs', EVERYWHERE, [
    ['profile', 'Name, face, numbers, key'],
    ['settings', 'Look, language, sounds, what is missing here'],
    ['settings-forgetful', 'In a browser that keeps nothing'],
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
    ['big-empty', 'The lobby, before anybody came'],
    ['big-lobby-20', 'A full tent'],
    ['big-lobby-60', 'A school hall'],
    ['big-private', 'By its link alone'],
    ['big-drawing', 'The dice are thrown together'],
    ['big-dealing', 'Questions are sealed'],
    ['big-question', 'A question'],
    ['big-long', 'As many words as there may be'],
    ['big-text', 'To be typed on phones'],
    ['big-number', 'To be estimated, with a stake'],
    ['big-multi', 'Several may be right'],
    ['big-order', 'To be put in order'],
    ['big-poll', 'Without a right answer'],
    ['big-boolean', 'True or false'],
    ['big-picture', 'About a picture'],
    ['big-picture-away', 'Its picture is out of reach'],
    ['big-late', 'The last three seconds'],
    ['big-skipped', 'The host took a question out'],
    ['big-paused', 'The match stands still'],
    ['big-goes-on', 'It goes on in five seconds'],
    ['big-offline', 'The relay is out of reach'],
    ['big-reveal', 'What was picked'],
    ['big-reveal-text', 'What was typed'],
    ['big-reveal-number', 'What was estimated'],
    ['big-reveal-order', 'How it goes'],
    ['big-reveal-poll', 'What people think'],
    ['big-reveal-picture', 'About a picture'],
    ['big-over', 'The podium'],
  ]),
  section('Big screen without a match', EVERYWHERE, [
    ['screen-loading', 'It is on its way'],
    ['screen-offline', 'Finding the way back'],
    ['screen-new-rules', 'Played by newer rules'],
    ['screen-stopped', 'Its authority signed two histories'],
    ['screen-no-game', 'A game without a big screen'],
  ]),
];

export const SHOTS: readonly Shot[] = SECTIONS.flatMap(({ shots }) => shots);
