/** Bugs of the relay, the peer and the ledger. */
import type { Bug } from './bug.ts';

const desk = 'relay/src/mailbox/mailDesk.ts';
const docLog = 'relay/src/docs/docLog.ts';

export const otherBugs: readonly Bug[] = [
  {
    name: 'relay shows before it stores',
    file: docLog,
    edits: [
      {
        find: '      this.#group.push(update);\n',
        put: '      this.#group.push(update);\n      deps.durable(update);\n',
      },
    ],
  },
  {
    name: 'lost tail of a group',
    file: docLog,
    edits: [{ find: 'Y.mergeUpdates(this.#group)', put: 'Y.mergeUpdates(this.#group.slice(0, -1))' }],
  },
  {
    name: 'mail forgotten before it is answered',
    file: desk,
    edits: [
      {
        find: '    links.send(authority, toFrame(mail));\n    return waiting;\n',
        put: '    links.send(authority, toFrame(mail));\n    void mailbox.done(id);\n    return waiting;\n',
      },
    ],
  },
  {
    name: 'mail called kept before it is stored',
    file: desk,
    edits: [
      {
        find: "    if (await waiting.stored) return { kind: 'kept', seen };\n",
        put: "    return { kind: 'kept', seen };\n",
      },
      { find: '    waiting.stored = this.#store(waiting.mail);\n', put: '' },
      {
        find: "    return (await waiting.stored) ? { kind: 'kept', seen } : { kind: 'unstored' };\n",
        put: '',
      },
    ],
  },
  {
    name: 'mail not handed over again',
    file: desk,
    edits: [
      {
        find: 'this.#handOver([...this.#byId.values()].filter((waiting) => waiting.authority === authority));',
        put: 'void authority;',
      },
    ],
  },
  {
    name: 'missing dedupe',
    file: 'packages/ledger/src/chain.ts',
    edits: [
      {
        find: "if (head && seq === head.seq && equalBytes(hash, head.hash)) return 'intent_known';",
        put: 'if (head && seq === head.seq && equalBytes(hash, head.hash)) return undefined;',
      },
    ],
  },
  {
    name: 'outbox uses a seq again',
    file: 'packages/peer/src/outbox/chain.ts',
    edits: [
      {
        find: "records.findLast(({ state }) => state !== 'failed');\n    const place",
        put: "records.findLast(({ state }) => state === 'counted');\n    const place",
      },
      {
        find: "    if (await deps.storage.add('outbox', ...toRow(record))) return record;\n",
        put: "    await deps.storage.put('outbox', ...toRow(record));\n    return record;\n",
      },
    ],
  },
  {
    name: "a device's secret is made anew",
    file: 'packages/peer/src/peer.ts',
    edits: [
      {
        find: "await storage.add('secrets', key, random(32));",
        put: "await storage.put('secrets', key, random(32));",
      },
    ],
  },
  {
    name: 'the outbox says stored too early',
    file: 'packages/peer/src/outbox/chain.ts',
    edits: [
      {
        find: "    if (await deps.storage.add('outbox', ...toRow(record))) return record;\n",
        put: "    void deps.storage.add('outbox', ...toRow(record)).catch(() => {});\n    return record;\n",
      },
    ],
  },
  {
    name: 'a follower takes an overlap twice',
    file: 'packages/peer/src/world/verifiedLog.ts',
    edits: [
      {
        find: 'batch.entries.slice(this.size - batch.first);',
        put: 'batch.entries.slice(Math.max(0, this.size - batch.first - 1));',
      },
    ],
  },
];
