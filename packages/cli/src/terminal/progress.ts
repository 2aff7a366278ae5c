/** One line on stderr that is written over until the work is done; nothing where stderr is no terminal. */
export interface Progress {
  show(text: string): void;
  end(): void;
}

const CLEAR = '\r\u001b[K';
const EVERY_MS = 80;

export function createProgress(isWanted: boolean): Progress {
  const { stderr } = process;
  let shownAt = 0;
  if (!isWanted || !stderr.isTTY) return { show() {}, end() {} };
  return {
    show(text) {
      const now = performance.now();
      if (now - shownAt < EVERY_MS) return;
      shownAt = now;
      stderr.write(`${CLEAR}${text}`);
    },
    end: () => void stderr.write(CLEAR),
  };
}
