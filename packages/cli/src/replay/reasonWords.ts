/** Why a match ended, and why a wish was refused, in plain words; a code without any is shown itself, never hidden. */
const ENDS: Readonly<Record<string, string>> = {
  finished: 'every question was played',
  abandoned: 'nobody was left',
  authority_default: 'the authority did not open what it owed',
  no_questions: 'there was no question to ask',
  last_stone: 'the last stone was taken',
  out_of_time: 'a move took too long',
  left: 'somebody left',
};

const REFUSALS: Readonly<Record<string, string>> = {
  already_answered: 'an answer was locked in already',
  already_joined: 'there is a seat already',
  already_shared: 'that share of the dice was shown already',
  already_wagered: 'a stake was set already',
  claimed_lately: 'somebody asked a moment ago',
  full: 'every seat is taken',
  game_over: 'the match is over',
  kicked: 'sent out for now',
  locked: 'the room is locked',
  match_over: 'the match is over',
  name_invalid: 'that is no name',
  name_taken: 'somebody has that name',
  no_such_seat: 'nobody sits there',
  no_team: 'there is no such team',
  nobody_joined: 'nobody has a seat yet',
  not_asked: 'this seat was not asked',
  not_asked_yet: 'the question was not open yet',
  not_host: 'only the host may',
  not_in_lobby: 'the match has begun',
  not_now: 'not at this moment',
  not_paused: 'nothing is paused',
  not_playing: 'nothing is being played',
  not_seated: 'this key has no seat',
  not_your_turn: 'it was not their turn',
  own_seat: 'not with the own seat',
  paused: 'the match stood still',
  question_void: 'the question does not count',
  settings_invalid: 'the settings do not fit each other',
  too_few_stones: 'there are not so many stones',
  too_late: 'it came after the time',
  wrong_size: 'the sealed value has another size',
};

export function endWords(reason: string): string {
  return wordsOf(ENDS, reason);
}

export function whyRefused(code: string): string {
  return wordsOf(REFUSALS, code);
}

function wordsOf(words: Readonly<Record<string, string>>, code: string): string {
  return (Object.hasOwn(words, code) ? words[code] : undefined) ?? code;
}
