/** Which answer a key picks: 1–6 or A–F, never while somebody types, never with a modifier. */
interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
  readonly target: EventTarget | null;
}

export function answerKey(press: Press, answers: number): number | undefined {
  if (!isPlain(press)) return undefined;
  const index = ['123456', 'abcdef'].map((row) => row.indexOf(press.key.toLowerCase())).find((at) => at >= 0);
  return press.key.length === 1 && index !== undefined && index < answers ? index : undefined;
}

export function voteKey(press: Press): 'up' | 'down' | 'flag' | undefined {
  if (!isPlain(press)) return undefined;
  return ({ j: 'up', k: 'down', f: 'flag' } as const)[press.key.toLowerCase() as 'j'];
}

function isPlain({ ctrlKey, metaKey, altKey, repeat, target }: Press): boolean {
  if (ctrlKey || metaKey || altKey || repeat) return false;
  const typing =
    target instanceof Element
      ? target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="spinbutton"]')
      : null;
  return typing === null;
}
