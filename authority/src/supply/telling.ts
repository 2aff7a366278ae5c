/** Tells suppliers how what they gave has fared, once a world is closed; what a crash kept from them, at the next start. */
import { type Bytes, bytesToHex } from '@fairground/ledger';
import type { Log, Supplier } from '../ports.ts';
import type { LogStore, WorldAppend } from '../store/ports.ts';

export interface TellingDeps {
  readonly logStore: Pick<LogStore, 'entries' | 'worlds'>;
  readonly suppliers: Readonly<Record<string, Supplier>>;
  readonly log: Log;
}

export interface Telling {
  /** Nothing hangs on it: a match goes on whether it is noted or not. */
  closed(append: Pick<WorldAppend, 'world' | 'expectedSize' | 'entries'>): void;
  /** Worlds that were closed before this start, as far as a supplier says that it has not heard of them. */
  catchUp(): void;
  /** Resolves when what is under way is done; what is left waits for the next start. */
  end(): Promise<void>;
}

export function createTelling(deps: TellingDeps): Telling {
  let under = Promise.resolve();
  let isEnding = false;
  const then = (act: () => Promise<void> | undefined) => {
    under = under.then(act).catch((fault: unknown) => {
      deps.log.warn({ fault }, 'a supplier could not be told how its things fared');
    });
  };
  const tell = async (supplier: Supplier, world: Bytes, size: number) =>
    supplier.closed?.(await deps.logStore.entries(world, 0, size));
  return {
    closed({ world, expectedSize, entries }) {
      for (const supplier of Object.values(deps.suppliers))
        if (supplier.closed) then(() => tell(supplier, world, expectedSize + entries.length));
    },
    catchUp() {
      for (const supplier of Object.values(deps.suppliers)) {
        if (!supplier.unheard) continue;
        then(async () => {
          for (const { world, size } of await unheardBy(deps, supplier))
            then(async () => (isEnding ? undefined : tell(supplier, world, size)));
        });
      }
    },
    async end() {
      isEnding = true;
      // What is told while it waits is waited for, too.
      for (let seen; seen !== under;) await (seen = under);
    },
  };
}

async function unheardBy({ logStore }: TellingDeps, supplier: Supplier) {
  const closed = (await logStore.worlds()).filter((row) => row.closed);
  const unheard = (await supplier.unheard?.(closed.map(({ world }) => world))) ?? [];
  const wanted = new Set(unheard.map(bytesToHex));
  return closed.filter(({ world }) => wanted.has(bytesToHex(world)));
}
