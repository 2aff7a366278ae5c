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
    hash: 'de9d8132384eee30d41247bd4ea1a5f0f08279e48cb761f3e518cfb07d485255',
    change: 'The first wire: sessions, documents, intents, codes, log, link.',
  },
];

export const PROTOCOL_VERSION = 1;
