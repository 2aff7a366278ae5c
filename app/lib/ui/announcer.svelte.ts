/** The page's one polite live region: what it says next. */
const region = $state({ text: '', turn: 0 });

/** Says a sentence once the screen reader has finished; the same sentence twice is said twice. */
export function announce(text: string): void {
  region.text = text;
  region.turn += 1;
}

export function announced(): { readonly text: string; readonly turn: number } {
  return region;
}
