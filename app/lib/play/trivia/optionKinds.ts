/** Which kinds of question are answered by tapping one of their options. */
export function isOneTap(kind: string): boolean {
  return !['multi', 'text', 'number', 'order'].includes(kind);
}

/** Which kinds show options to choose from. */
export function hasOptions(kind: string): boolean {
  return kind !== 'text' && kind !== 'number' && kind !== 'order';
}
