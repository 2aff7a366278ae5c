/** The marks that a chat line can be given, in the order they are shown; each has a drawing and a word. */
import type { ReactionMark } from '@fairground/protocol';
import { m } from '#lib/paraglide/messages.js';
import type { IconName } from '#lib/ui/icons.ts';

interface MarkLook {
  readonly icon: IconName;
  readonly word: () => string;
}

export const markLooks: Readonly<Record<ReactionMark, MarkLook>> = {
  agree: { icon: 'thumbUp', word: m.reaction_agree },
  love: { icon: 'heart', word: m.reaction_love },
  laugh: { icon: 'laugh', word: m.reaction_laugh },
  wow: { icon: 'wow', word: m.reaction_wow },
  cheer: { icon: 'spark', word: m.reaction_cheer },
};

// Named here again so that the first page does not load the protocol for them; the record above holds the two lists together.
export const REACTION_MARKS = Object.keys(markLooks) as readonly ReactionMark[];
