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
    hash: '2a6e833f81a5502c7e2894ba4e223bc8fafa94a5894efe550090b7e052945248',
    change: 'The first wire: sessions, documents, intents, codes, log, link.',
  },
];

export const PROTOCOL_VERSION = 1;
