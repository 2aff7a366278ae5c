/** Who may import whom: the rooms' borders. A folder's row lists all of ours that it may import; nothing else passes. */
const rooms = {
  'packages/ledger': [],
  'packages/rules': ['packages/ledger'],
  'packages/protocol': ['packages/ledger'],
  'packages/questions': ['packages/rules', 'packages/ledger'],
  'packages/server': ['packages/ledger'],
  'packages/peer': ['packages/protocol', 'packages/ledger', 'packages/rules'],
  relay: ['packages/protocol', 'packages/ledger', 'packages/server'],
  authority: [
    'packages/protocol',
    'packages/ledger',
    'packages/rules',
    'packages/peer',
    'packages/questions',
    'packages/server',
  ],
  app: ['packages/peer', 'packages/rules', 'packages/ledger', 'packages/protocol', 'packages/questions'],
  // `fairground start` is the one place that puts relay and authority together.
  'packages/cli': [
    'packages/peer',
    'packages/rules',
    'packages/ledger',
    'packages/protocol',
    'packages/questions',
    'relay',
    'authority',
  ],
  // Only what a browser or a terminal shows: a suite may not look behind the screen.
  e2e: [],
  soak: ['packages/cli', 'packages/peer', 'packages/ledger', 'authority'],
  bench: [
    'packages/cli',
    'packages/peer',
    'packages/rules',
    'packages/ledger',
    'packages/protocol',
    'relay',
    'authority',
  ],
  chaos: [
    'packages/cli',
    'packages/peer',
    'packages/rules',
    'packages/ledger',
    'packages/protocol',
    'relay',
    'authority',
  ],
  fuzz: ['packages/rules', 'packages/ledger', 'packages/protocol', 'packages/questions', 'relay'],
};
const ours = `^(${Object.keys(rooms).join('|')})/`;

/** What a package's `./testing…` and `./contract` exports lead to, and who may use them. */
const testEntries = ['/src/testing/(index|knownVerdicts)\\.ts$', '/contract/suites\\.ts$'];
const testCode = [
  '^packages/rules/scripts/',
  '\\.test\\.ts$',
  '\\.fixture\\.ts$',
  '/testing/',
  '^bench/',
  '^fuzz/',
  '^chaos/',
];

/** The packages from outside that a pure room may use. Tests may use more. */
const outside = {
  'packages/rules': ['zod'],
  'packages/protocol': ['zod'],
  'packages/questions': ['zod'],
};

const borders = Object.entries(rooms).map(([room, allowed]) => ({
  name: `border of ${room}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: { path: ours, pathNot: [room, ...allowed].map((path) => `^${path}/`) },
}));

const narrow = Object.entries(outside).map(([room, allowed]) => ({
  name: `${room} depends on ${allowed.join(', ')} alone`,
  severity: 'error',
  from: { path: `^${room}/src/`, pathNot: '\\.test\\.ts$|\\.fixture\\.ts$|/testing/' },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'core'],
    pathNot: allowed.map((name) => `/node_modules/${name}/`),
  },
}));

export default {
  forbidden: [
    ...borders,
    ...narrow,
    {
      name: 'no cycle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no deep import past exports',
      comment:
        'Another room is entered by what its package.json exports: src/index.ts, and for tests the entries below.',
      severity: 'error',
      from: { path: ours },
      to: { path: ours, pathNot: ['^$1/', '/src/index\\.ts$', ...testEntries] },
    },
    {
      name: 'testing is for tests',
      comment:
        'Test files, benches and testing folders alone use what is there to test with, their own included.',
      severity: 'error',
      from: { path: ours, pathNot: testCode },
      to: { path: [...testEntries, '/src/testing/'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(\\$app/|#lib/paraglide/)' },
    },
    {
      name: 'declared',
      comment: "A package's own package.json names what it uses; vitest is the root's.",
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: '/node_modules/vitest/' },
    },
    {
      name: 'tools stay tools',
      severity: 'error',
      from: { path: ours, pathNot: ['\\.config\\.ts$'] },
      to: { path: '^scripts/' },
    },
  ],
  options: {
    // Type-only imports are borders too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^app/(build|lib/paraglide)/', '\\.svelte-kit'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'svelte', 'default', 'node'],
      extensions: ['.ts', '.js', '.svelte', '.d.ts'],
    },
  },
};
