/** Every kind that people can answer on a phone. */
export const ALL_KINDS = ['choice', 'boolean', 'multi', 'text', 'number', 'order', 'poll'] as const;
