/** Why an intent did not count, as a sentence; an unknown code is shown itself, never hidden. */
import { m } from '#lib/paraglide/messages.js';
import { wordedCode } from './sameWords.ts';
import { secondsToWait } from './patience.ts';

export interface RefusalWords {
  readonly title: string;
  readonly text: string;
}

const WORDS: Readonly<Record<string, () => RefusalWords>> = {
  too_late: () => ({ title: m.refused_late(), text: m.refused_late_text() }),
  already_answered: () => ({ title: m.refused_twice(), text: m.refused_twice_text() }),
  not_asked_yet: () => ({ title: m.refused_closed(), text: m.refused_closed_text() }),
  question_void: () => ({ title: m.refused_void(), text: m.refused_void_text() }),
  not_asked: () => ({ title: m.refused_not_asked(), text: m.refused_not_asked_text() }),
  match_over: () => ({ title: m.refused_over(), text: m.refused_over_text() }),
  not_in_lobby: () => ({ title: m.refused_started(), text: m.refused_started_text() }),
  settings_invalid: () => ({ title: m.refused_settings(), text: m.refused_settings_text() }),
  seats_taken: () => ({ title: m.refused_settings(), text: m.refused_seats_text() }),
  nobody_joined: () => ({ title: m.refused_nobody(), text: m.refused_nobody_text() }),
  name_invalid: () => ({ title: m.refused_name_invalid(), text: m.refused_name_invalid_text() }),
  not_your_turn: () => ({ title: m.refused_turn(), text: m.refused_turn_text() }),
  not_host: () => ({ title: m.refused_host(), text: m.refused_host_text() }),
  full: () => ({ title: m.refused_full(), text: m.refused_full_text() }),
  name_taken: () => ({ title: m.refused_name(), text: m.refused_name_text() }),
  seat_unknown: () => ({ title: m.refused_seat(), text: m.refused_seat_text() }),
  world_closed: () => ({ title: m.refused_world_closed(), text: m.refused_world_closed_text() }),
  authority_away: () => ({ title: m.problem_away(), text: m.problem_away_text() }),
  supply_missing: () => ({ title: m.problem_supply(), text: m.problem_supply_text() }),
  code_unknown: () => ({ title: m.problem_code(), text: m.problem_code_text() }),
  code_attempts: () => ({
    title: m.problem_code_attempts(),
    text: m.problem_code_attempts_text({ count: secondsToWait() }),
  }),
  room_unknown: () => ({ title: m.problem_room(), text: m.problem_room_text() }),
  capability_needed: () => ({ title: m.problem_capability(), text: m.problem_capability_text() }),
  unreachable: () => ({ title: m.problem_offline(), text: m.problem_offline_text() }),
  reply_malformed: () => ({ title: m.problem_malformed(), text: m.problem_malformed_text() }),
  internal: () => ({ title: m.problem_trouble(), text: m.problem_trouble_text() }),
  fork: () => ({ title: m.problem_elsewhere(), text: m.problem_elsewhere_text() }),
  document_full: () => ({ title: m.problem_room_full(), text: m.problem_room_full_text() }),
  ledger_full: () => ({ title: m.problem_ledger_full(), text: m.problem_ledger_full_text() }),
  already_joined: () => ({ title: m.refused_joined(), text: m.refused_joined_text() }),
  no_draw: () => ({ title: m.refused_draw(), text: m.refused_draw_text() }),
  not_now: () => ({ title: m.refused_not_now(), text: m.refused_not_now_text() }),
  too_few_stones: () => ({ title: m.refused_stones(), text: m.refused_stones_text() }),
  paused: () => ({ title: m.refused_paused(), text: m.refused_paused_text() }),
  not_paused: () => ({ title: m.refused_not_now(), text: m.refused_not_now_text() }),
  locked: () => ({ title: m.refused_locked(), text: m.refused_locked_text() }),
  kicked: () => ({ title: m.refused_kicked(), text: m.refused_kicked_text() }),
  no_such_seat: () => ({ title: m.refused_gone(), text: m.refused_gone_text() }),
  own_seat: () => ({ title: m.refused_not_now(), text: m.refused_own_text() }),
  claimed_lately: () => ({ title: m.refused_claimed(), text: m.refused_claimed_text() }),
  no_team: () => ({ title: m.refused_team(), text: m.refused_team_text() }),
  wrong_size: () => ({ title: m.refused_other(), text: m.refused_size_text() }),
  already_wagered: () => ({ title: m.refused_twice(), text: m.refused_staked_text() }),
  refused: () => ({ title: m.refused_other(), text: m.refused_not_now_text() }),
  rate_limited: () => ({ title: m.problem_rate(), text: m.problem_rate_text({ count: secondsToWait() }) }),
};

export function refusalWords(code: string | undefined): RefusalWords {
  const word = wordedCode(code ?? '');
  const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  return known?.() ?? { title: m.refused_other(), text: m.refused_other_text({ code: code ?? '?' }) };
}
