/** The wire's version. `wire.test.ts` holds the hash of every schema and table to the last line of the history. */
export interface WireVersion {
  readonly version: number;
  /** Hex SHA-256 of the schemas and tables (`wireHash`). */
  readonly hash: string;
  readonly change: string;
}

export const wireHistory: readonly WireVersion[] = [
  {
    version: 1,
    hash: 'e8aafa8f04a75932e8c4b6e80494b0cfc51efb34c67f25d826fe216b0c45618f',
    change: 'The first wire: sessions, documents, intents, codes, log, link.',
  },
];

export const PROTOCOL_VERSION = 1;
