/** Bugs of whoever begins a long world in its middle. */
import type { Bug } from './bug.ts';

const middle = 'packages/peer/src/world/middle.ts';
const headStart = 'packages/peer/src/world/headStart.ts';

export const snapshotBugs: readonly Bug[] = [
  {
    name: 'a snapshot is believed without its hash',
    file: middle,
    edits: [
      {
        find: 'if (!snapshot || !equalBytes(sha256(snapshot), hash)) continue;',
        put: 'if (!snapshot) continue;',
      },
    ],
  },
  {
    name: 'what came after a snapshot is joined one entry off',
    file: headStart,
    edits: [
      {
        find: 'const { first, entries, checkpoint } = ahead;',
        put: 'const { entries, checkpoint } = ahead;\n    const first = ahead.first + 1;',
      },
    ],
  },
  {
    name: 'time passes again at a snapshot',
    file: 'packages/ledger/src/snapshot.ts',
    edits: [{ find: '      isRestored: true,\n', put: '' }],
  },
];
