/** Notices that this device has another key than the last time: the browser has dropped one of the two places where it keeps things. */
const PLACE = 'fairground.key';

interface Known {
  readonly did: string;
  /** It followed on a lost one, and the person has not said yet that this is understood. */
  readonly lost: boolean;
}

/** True while the person has to be told that the key before is lost. */
export function isKeyLost(did: string): boolean {
  const before = read();
  const lost = before !== undefined && (before.lost || before.did !== did);
  write({ did, lost });
  return lost;
}

export function understood(did: string): void {
  write({ did, lost: false });
}

function read(): Known | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return undefined;
    const { did, lost } = kept as Partial<Record<keyof Known, unknown>>;
    return typeof did === 'string' ? { did, lost: lost === true } : undefined;
  } catch {
    return undefined;
  }
}

function write(known: Known): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(known));
  } catch {
    // A browser that forbids storage has no key to lose.
  }
}
