/** How long commits took lately, and how many entries they carried. */
export interface CommitTimes {
  /** Call the result when the commit is locked. */
  start(entries: number): () => void;
  readonly commits: number;
  readonly entries: number;
  /** In ms over the last 1,000 commits; 0 without any. */
  quantile(q: number): number;
}

const kept = 1000;

export function createCommitTimes(now: () => number = () => performance.now()): CommitTimes {
  const lasted: number[] = [];
  let commits = 0;
  let entries = 0;
  return {
    start(count) {
      const begun = now();
      return () => {
        lasted[commits % kept] = now() - begun;
        commits += 1;
        entries += count;
      };
    },
    get commits() {
      return commits;
    },
    get entries() {
      return entries;
    },
    quantile(q) {
      const sorted = lasted.toSorted((a, b) => a - b);
      return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
    },
  };
}
