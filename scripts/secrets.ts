/** Looks for private keys and tokens in every file that git tracks; with `--history` in every version of every file too. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { exit } from 'node:process';
import { parseArgs } from 'node:util';

export interface Leak {
  readonly line: number;
  readonly what: string;
}

interface Pattern {
  readonly what: string;
  readonly pattern: RegExp;
}

const patterns: readonly Pattern[] = [
  { what: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { what: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_\w{60,}/ },
  { what: 'a GitLab token', pattern: /\bglpat-[\w-]{20,}/ },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*[\w-]{8,}/ },
  { what: 'an AWS key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: 'a Google key', pattern: /\bAIza[\w-]{35}\b/ },
  { what: 'a Slack token', pattern: /\bxox[abprs]-[\w-]{10,}/ },
  { what: 'an API key', pattern: /\bsk-[A-Za-z0-9_-]{32,}/ },
  { what: 'a JSON web token', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
  {
    what: 'a password in an address',
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@'"`$<>]+:[^\s/@'"`$<>]{3,}@[\w.-]+/,
  },
  {
    what: 'a secret that is assigned',
    pattern:
      /\b(?:secret|password|passwd|api_?key|access_?token|private_?key)\b["']?\s*[:=]\s*["'][A-Za-z0-9+/_-]{20,}={0,2}["']/i,
  },
];

/** Files that hold keys by their nature. */
const keyFiles =
  /(?:^|\/)(?:id_(?:rsa|ed25519|ecdsa)|\.env|.*\.(?:pem|p12|pfx|key|jks)|(?:authority|relay)\.key)$/;

/** What in a text looks like something that only its owner should have. */
export function leaksIn(text: string): readonly Leak[] {
  return text
    .split('\n')
    .flatMap((line, at) =>
      patterns.filter(({ pattern }) => pattern.test(line)).map(({ what }) => ({ line: at + 1, what })),
    );
}

export function isKeyFile(path: string): boolean {
  return keyFiles.test(path);
}

const git = (...args: readonly string[]) =>
  execFileSync('git', args, { maxBuffer: 2 ** 30 }).toString('utf8');

/** The scanner, and its test, name what they look for. */
const ours = new Set(['scripts/secrets.ts', 'scripts/secrets.test.ts']);

function treeFaults(): readonly string[] {
  const files = git('ls-files', '-z')
    .split('\0')
    .filter((file) => file !== '' && !ours.has(file));
  return files.flatMap((file) => [
    ...(isKeyFile(file) ? [`${file} is a file of keys`] : []),
    ...leaksIn(readFileSync(file, 'latin1')).map(({ line, what }) => `${file}:${line} looks like ${what}`),
  ]);
}

/** Lines that any commit added. */
function historyFaults(): readonly string[] {
  const log = git(
    'log',
    '--all',
    '--no-color',
    '-p',
    '--unified=0',
    '--no-ext-diff',
    '--format=commit %h',
    '--',
    '.',
    ':!scripts/secrets*',
  );
  let commit = '';
  return log.split('\n').flatMap((line) => {
    if (line.startsWith('commit ')) commit = line.slice(7);
    return line.startsWith('+')
      ? leaksIn(line).map(({ what }) => `commit ${commit} adds what looks like ${what}`)
      : [];
  });
}

function main(): void {
  // A copy without its history: nothing there was committed from.
  if (!existsSync('.git')) return console.log('no git checkout: no secrets looked for');
  const { history } = parseArgs({ options: { history: { type: 'boolean', default: false } } }).values;
  const faults = [...treeFaults(), ...(history ? historyFaults() : [])];
  for (const fault of faults) console.error(fault);
  console.log(`${faults.length} secrets in what is committed${history ? ', or ever was' : ''}`);
  if (faults.length > 0) exit(1);
}

if (import.meta.main) main();
