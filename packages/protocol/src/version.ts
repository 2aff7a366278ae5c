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
  {
    version: 2,
    hash: '5c3d08571b36d38b14a50ccb71f75f4e74dfd5f9e472daad2a69c903b45154fa',
    change:
      'Codes `not_host` and `storage_away`; mail is carried by relay, peer or local; `/authority` says what time it is.',
  },
  {
    version: 3,
    hash: 'f2e393708a8d646bd12457d317eb61afb900da5332af34eca62f2665bfab4fc6',
    change:
      'Sightings are mail (`/worlds/<w>/seen`); authorities say how they fare, and want back what they published; code `authority_busy`.',
  },
  {
    version: 4,
    hash: '30f92775659949b0e74490eddfc01d3f12d0cd43e4870f7d146d4cc58bf663e1',
    change:
      'Presence shows a signed and cosigned head; proofs of faults lie in a room; `/witness` says whose word the relay’s is.',
  },
  {
    version: 5,
    hash: '7a1adc8708276bcce3a11a4d3f29d50382baa87eac3f85c04b51c23d4648d225',
    change:
      'Authorities seek what they have lost, and participants bring it (`/worlds/<w>/sought`, `/suffix`).',
  },
  {
    version: 6,
    hash: 'a2d60e5266deff18bd997420fc8d2f6a8f99321f5a9922dc03f0e2719c2108a5',
    change: 'A ledger has a size limit, and a seat one for what the rules refuse: code `ledger_full`.',
  },
  {
    version: 7,
    hash: '0ab6591c157e1d27eb5539b47106ce6f8cd3bea14d05faf14235b99fb148575b',
    change:
      'Signed pictures lie in `view:<world>`; a relay says to its authority whose pictures are looked at.',
  },
  {
    version: 8,
    hash: 'd7855c787fb15b94143e03483533c5a44a52b0d2aaca8759ee55ac62fccd3128',
    change: 'Pictures of questions lie in a log as `blob/<sha256>`, each of at most `pictureBytes`.',
  },
  {
    version: 9,
    hash: '63e0bfe29cde720b00f5d1f4690d7205bafb455c4bf2344ad5059dba5c3c95e2',
    change: 'Signed reactions to chat lines lie in a room, with limits of their own.',
  },
  {
    version: 10,
    hash: 'fb5648e1daa65557f89074e5f7fdea7dd29b13975acbef585ec9814677af2410',
    change: 'An authority says which keys it was handed on from, and a signed picture by whom its key was.',
  },
  {
    version: 11,
    hash: 'a8ea45f292f8aa30194907f92137dcc971acc45504a3154497953ae67423bf4f',
    change: 'A bank says of each topic how many of its questions a match asks that asks for no more kinds.',
  },
];

export const PROTOCOL_VERSION = 11;
