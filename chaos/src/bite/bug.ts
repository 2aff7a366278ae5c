/** A bug that somebody could have made: in one file, a text that is there exactly once, and what stands there instead. */
export interface Bug {
  readonly name: string;
  readonly file: string;
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly find: string;
  readonly put: string;
}

/** Throws unless every anchor is there exactly once: else nothing would be planted, and nothing proved. */
export function plant(text: string, { name, file, edits }: Bug): string {
  return edits.reduce((changed, { find, put }) => {
    const times = changed.split(find).length - 1;
    if (times !== 1)
      throw new Error(`"${name}": its place in ${file} is there ${times} times: ${find.trim()}`);
    return changed.replace(find, () => put);
  }, text);
}
