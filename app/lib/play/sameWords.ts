/** Codes that are told apart by machines only: for a person they come to the same sentence. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  internal: [
    'authority_busy authority_unknown storage_away storage_failed relay_stopping document_reset slow_reader',
    'session_needed session_invalid challenge_unknown create_stale create_replayed connections_exceeded',
    'mailbox_full worlds_exceeded link_replaced world_halted',
  ],
  reply_malformed: [
    'frame_malformed frame_too_large update_malformed update_gap update_pending awareness_malformed awareness_clock',
    'awareness_too_large body_too_large pair_malformed intent_malformed intent_too_large intent_not_canonical',
    'intent_shape intent_body_kind world_mismatch seen_malformed create_malformed create_too_large link_malformed',
    'game_unknown not_found method_not_allowed signature_invalid key_refused',
  ],
  fork: ['chain_gap chain_prev chain_replayed client_taken client_ids'],
  code_unknown: ['code_malformed'],
  room_unknown: ['world_unknown document_unknown log_not_found head_unknown host_unknown'],
  capability_needed: ['capability_wrong not_writer authority_only delete_foreign awareness_foreign'],
  document_full: ['document_clients'],
  unreachable: ['offline'],
  settings_invalid: ['config_invalid'],
  match_over: ['game_over'],
  seat_unknown: ['not_seated'],
  already_joined: ['already_shared'],
  no_draw: ['not_in_draw wrong_round share_mismatch'],
  not_now: ['not_revealed not_over not_playing'],
};

const WORD = new Map(
  Object.entries(ALIKE).flatMap(([word, lists]) =>
    lists.flatMap((list) => list.split(' ').map((code) => [code, word] as const)),
  ),
);

/** The code whose sentence is shown for this one. */
export function wordedCode(code: string): string {
  return WORD.get(code) ?? code;
}
