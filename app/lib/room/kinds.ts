import type { LaterRules } from '#lib/play/trivia/view.ts';

/** Every kind that people can answer on a phone. */
export const ALL_KINDS = ['choice', 'boolean', 'multi', 'text', 'number', 'order', 'poll'] as const;

/** Else choices alone, true and false among them. */
export function isOfEveryKind({ kinds }: LaterRules): boolean {
  return (kinds?.length ?? 0) > 2;
}
