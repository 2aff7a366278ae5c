/** Why an intent is refused. */

/** Codes of refusal, with what they mean; the order is that of a match. */
export const REFUSALS = {
  match_over: 'the match is over',
  already_joined: 'this key has its seat',
  full: 'all seats are taken',
  name_invalid: 'a name has 1 to 24 visible characters, no blanks at its ends',
  name_taken: 'somebody else has this name, or one that looks like it',
  not_seated: 'this key has no seat, or has left it',
  not_host: 'only the host may',
  not_in_lobby: 'the match has begun',
  settings_invalid: 'the settings do not fit together',
  seats_taken: 'more people are here than there would be seats',
  nobody_joined: 'nobody has joined',
  no_draw: 'no dice are being drawn',
  not_in_draw: 'this seat has no share in the dice',
  wrong_round: 'the draw has begun again',
  already_shared: 'the share is in',
  share_mismatch: 'the share is not what the join committed to',
  not_asked_yet: 'that question is not out',
  not_asked: 'this seat came after the question',
  question_void: 'the question was not opened in time and counts for nobody',
  already_answered: 'one answer a question',
  too_late: 'the question was opened before this answer, or enough sightings of it, came',
  not_revealed: 'that question has no result yet',
  not_now: 'there is nothing to skip',
  not_over: 'the match is not over',
} as const;
export type RefusalCode = keyof typeof REFUSALS;
