/** Bugs of the authority. */
import type { Bug } from './bug.ts';

const committer = 'authority/src/log/committer.ts';
const publish = '  deps.publish(committed);\n';
const writeLock = '  await writeLock(deps, state, unsigned);\n';
const sign = '  const committed = unsigned.map((one) => signCommit(deps.keys, one));\n';
const store = '      await deps.store.append({ worlds: unsigned.map(({ append }) => append), notes });\n';

export const authorityBugs: readonly Bug[] = [
  {
    name: 'reply before commit',
    file: committer,
    edits: [
      {
        find: '  const unsigned = [...taken.worlds.values()].map(sealCommit);\n',
        put: '  const unsigned = [...taken.worlds.values()].map(sealCommit);\n  for (const outcome of taken.outcomes.splice(0)) tell(deps, outcome.done);\n',
      },
    ],
  },
  {
    name: 'lock after publish',
    file: committer,
    edits: [
      { find: writeLock, put: '' },
      { find: publish, put: `${publish}${writeLock}` },
    ],
  },
  {
    name: 'signed before it is durable',
    file: committer,
    edits: [
      { find: sign, put: '' },
      { find: store, put: `      unsigned.forEach((one) => signCommit(deps.keys, one));\n${store}` },
      { find: publish, put: `${sign}${publish}` },
      { find: '  finish();\n  keepNotes(deps, state, committed);\n', put: '  finish();\n' },
    ],
  },
  {
    name: 'a failed commit is not undone',
    file: committer,
    edits: [{ find: 'const letIn = await deps.rebuild(worlds);', put: 'const letIn = () => void worlds;' }],
  },
  {
    name: 'receipt index off by one',
    file: 'authority/src/admission/intent.ts',
    edits: [{ find: 'const index = live.replay.size;', put: 'const index = live.replay.size + 1;' }],
  },
  {
    name: 'frontier off by one',
    file: 'authority/src/worlds/append.ts',
    edits: [
      {
        find: '  pending.tiles.push(...growTree(live.tree, leafHash(bytes)));\n  pending.frontier = live.tree.frontier;\n',
        put: '  pending.frontier = live.tree.frontier;\n  pending.tiles.push(...growTree(live.tree, leafHash(bytes)));\n',
      },
    ],
  },
  {
    name: 'clock not monotone',
    file: 'authority/src/worlds/append.ts',
    edits: [{ find: 'const at = Math.max(now, live.replay.at);', put: 'const at = now;' }],
  },
  {
    name: 'pause not logged',
    file: 'authority/src/worlds/house.ts',
    edits: [
      {
        find: "  if (!replay.paused) appendDraft(driving, live, { kind: 'pause', reason: 'authority_away' }, replay.at);\n",
        put: '',
      },
    ],
  },
  {
    name: 'an old backup is not noticed',
    file: 'authority/src/worlds/recovery.ts',
    edits: [{ find: '  if (!locked) return undefined;\n', put: '  if (locked ?? true) return undefined;\n' }],
  },
  {
    name: 'a lock that is behind is not brought up',
    file: 'authority/src/worlds/openHouse.ts',
    edits: [{ find: 'if (rows.length > 0) await deps.lock.write(rows);', put: 'void rows;' }],
  },
  {
    name: 'lock not synced',
    file: 'authority/src/lock/fileLock.ts',
    edits: [{ find: '  await file.datasync();\n', put: '' }],
  },
  {
    name: 'tail taken up at the wrong place',
    file: 'authority/src/documents/tails.ts',
    edits: [{ find: 'of batches.slice(count)) {', put: 'of batches.slice(count + 1)) {' }],
  },
  {
    name: 'secret not what was stored',
    file: 'authority/src/worlds/load.ts',
    edits: [{ find: '    secret: row.secret,\n', put: '    secret: row.genesis.slice(0, 32),\n' }],
  },
  {
    name: 'a start is refused for ever by its number',
    file: 'relay/src/mailbox/authorityLinks.ts',
    edits: [
      { find: 'const isStale = before !== undefined && hello.epoch', put: 'const isStale = hello.epoch' },
    ],
  },
  {
    name: 'the relay is dialled once',
    file: 'authority/src/link/dial.ts',
    edits: [{ find: '      again(why);\n', put: '' }],
  },
];
