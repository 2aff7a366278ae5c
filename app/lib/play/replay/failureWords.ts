/** What a failed check means, for people; the code and the entry stand beside it. */
import { m } from '#lib/paraglide/messages.js';

const GROUPS: readonly (readonly [RegExp, () => string])[] = [
  [/^(rules_unknown)$/u, m.fail_rules_unknown],
  [/^(note_|checkpoint_|policy_)/u, m.fail_signature],
  [
    /^(leaf_|tile_|member_|entry_bundle|world_json|policy_mismatch|blob_|checksum_|container_|origin_)/u,
    m.fail_tree,
  ],
  [/^(anchor_)/u, m.fail_anchor],
  [/^(reveal_|lot_)/u, m.fail_commitment],
  [/(signature|chain_|intent_)/u, m.fail_author],
  [/^(state_)/u, m.fail_state],
  [/^(source_unreadable|zip_|archive_|unreachable)/u, m.fail_unreadable],
  // The check itself has failed: that says nothing about the match.
  [/^internal$/u, m.questions_failed_hint],
];

export function failureWords(code: string): string {
  return (GROUPS.find(([pattern]) => pattern.test(code))?.[1] ?? m.fail_rules)();
}
