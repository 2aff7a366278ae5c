/** Every variable of the authority: schema, default, help. A wrong value is answered with what to write instead. */
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import {
  type Bytes,
  MAX_SUCCESSORS,
  type PolicyWitness,
  type Result,
  cosignatureType,
  didToKey,
  err,
  isAuthorityName,
  ok,
  parseVkey,
} from '@fairground/ledger';
import {
  type Environment,
  type LogLevel,
  type Values,
  dataDir,
  logLevel,
  partsOf,
  readVariables,
  variable,
} from '@fairground/server';
import { z } from 'zod';

export const authorityVariables = {
  DATA_DIR: dataDir,
  LOCK_DIR: variable(
    z.string().min(1),
    undefined,
    'Folder that remembers what was signed last. Keep it out of every backup of DATA_DIR. Default: the state folder of the user.',
    'the path of a folder outside DATA_DIR',
  ),
  AUTHORITY_NAME: variable(
    z.string().refine(isAuthorityName),
    undefined,
    'Under which its worlds stand. Default: fairground.local/ and eight characters of its key.',
    'a name such as fair.example/1: no spaces, no +, not beginning with fairground/',
  ),
  RELAY_URL: variable(
    z.url({ protocol: /^https?$/ }),
    'http://localhost:8080',
    'The relay that an authority by itself dials.',
    'a URL such as https://fair.example',
  ),
  AUTHORITY_WITNESSES: variable(
    z.string().transform(readWitnesses),
    '',
    'Witnesses that new worlds name: <vkey> <address>, separated by commas. The address is the prefix of add-checkpoint.',
    'a vkey as the witness shows it, a blank and its address, such as witness.example/1+…+… https://witness.example/witness',
  ),
  AUTHORITY_QUORUM: variable(
    z.coerce.number().int().min(0).max(64),
    '0',
    'How many of the witnesses must have cosigned a log before it is called valid.',
    'a whole number, at most as many as AUTHORITY_WITNESSES names',
  ),
  AUTHORITY_SUCCESSORS: variable(
    z.string().transform(readSuccessors),
    '',
    'Authorities that new worlds name as successors: did:key, separated by commas. Each may go on from them, and open what lies sealed there, if this one is lost for good.',
    'the key that "fairground keys" shows on the other machine, such as did:key:z6Mk…',
  ),
  AUTHORITY_COLLECT_MS: variable(
    z.coerce.number().int().min(0).max(60_000),
    '3000',
    'After a restart nothing is signed for so many ms: others are asked what they have seen, and answers under way still count.',
    'a whole number from 0 to 60000',
  ),
  AUTHORITY_LOG_LEVEL: logLevel,
} as const;

export interface AuthorityConfig {
  readonly dataDir: string;
  /** Holds a folder for each authority key. */
  readonly lockDir: string;
  /** Undefined: made from the key. */
  readonly name: string | undefined;
  readonly relayUrl: string;
  readonly witnesses: readonly PolicyWitness[];
  readonly quorum: number;
  /** Ed25519 keys of other authorities, the first choice first. */
  readonly successors: readonly Bytes[];
  readonly collectMs: number;
  readonly logLevel: LogLevel;
}

/** The first variable that is wrong is named in the message, with what to write instead. */
export function readAuthorityConfig(environment: Environment): Result<AuthorityConfig, 'config_invalid'> {
  const values = readVariables(authorityVariables, environment);
  if (!values.ok) return values;
  const config = toConfig(values.value, environment);
  if (config.quorum > config.witnesses.length)
    return err(
      'config_invalid',
      `AUTHORITY_QUORUM=${config.quorum} does not work: write at most ${config.witnesses.length}, the number of witnesses in AUTHORITY_WITNESSES.`,
    );
  if (isInside(config.dataDir, config.lockDir))
    return err(
      'config_invalid',
      `LOCK_DIR=${config.lockDir} lies in DATA_DIR=${config.dataDir}, so a backup of one would take back the other: write the path of a folder outside DATA_DIR.`,
    );
  return ok(config);
}

/** The folder itself, or anything in it. */
function isInside(folder: string, path: string): boolean {
  return !/^\.\.(?:[/\\]|$)/.test(relative(resolve(folder), resolve(path)));
}

function toConfig(values: Values<typeof authorityVariables>, environment: Environment): AuthorityConfig {
  return {
    dataDir: values.DATA_DIR,
    lockDir: values.LOCK_DIR ?? stateFolder(environment),
    name: values.AUTHORITY_NAME,
    relayUrl: values.RELAY_URL,
    witnesses: values.AUTHORITY_WITNESSES ?? [],
    quorum: values.AUTHORITY_QUORUM,
    successors: values.AUTHORITY_SUCCESSORS ?? [],
    collectMs: values.AUTHORITY_COLLECT_MS,
    logLevel: values.AUTHORITY_LOG_LEVEL,
  };
}

function readWitnesses(text: string, context: z.RefinementCtx): readonly PolicyWitness[] {
  return partsOf(text).flatMap((part) => {
    const [key = '', url = '', ...rest] = part.split(/\s+/);
    const vkey = parseVkey(key);
    const isWitness =
      vkey.ok && vkey.value.type === cosignatureType && rest.length === 0 && URL.canParse(url);
    if (isWitness) return [{ name: vkey.value.name, vkey: vkey.value, url }];
    context.addIssue({ code: 'custom', message: `${part} names no witness` });
    return [];
  });
}

function readSuccessors(text: string, context: z.RefinementCtx): readonly Bytes[] {
  const keys = partsOf(text).flatMap((part) => {
    const key = didToKey(part);
    if (key.ok) return [key.value];
    context.addIssue({ code: 'custom', message: `${part} is no did:key` });
    return [];
  });
  if (keys.length > MAX_SUCCESSORS) context.addIssue({ code: 'custom', message: 'too many' });
  return keys;
}

/** XDG Base Directory: state that is neither configuration nor data. */
function stateFolder({ XDG_STATE_HOME: state }: Environment): string {
  return join(state === undefined || state === '' ? join(homedir(), '.local', 'state') : state, 'fairground');
}
