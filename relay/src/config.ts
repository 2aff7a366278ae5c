/** Every variable of the relay: schema, default, help. A wrong value is answered with what to write instead. */
import { type Bytes, type Result, didToKey, err, isKeyName, ok } from '@fairground/ledger';
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

const flag = z.enum(['0', '1', 'false', 'true']).transform((text) => text === '1' || text === 'true');
const list = z.string().transform(partsOf);
/** A host name, an IPv4 or a bracketed IPv6 address, with or without a port. */
const hostPattern = /^(?:[\p{L}\p{N}._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/iu;
const keys = list.transform((texts, context): readonly Bytes[] =>
  texts.flatMap((text) => {
    const key = didToKey(text);
    if (key.ok) return [key.value];
    context.addIssue({ code: 'custom', message: `${text} is no acceptable key` });
    return [];
  }),
);

export const relayVariables = {
  PORT: variable(
    z.coerce.number().int().min(0).max(65535),
    '8080',
    'Port to listen on; 0 lets the system choose.',
    'a number from 0 to 65535',
  ),
  HOST: variable(
    z.string().min(1),
    '0.0.0.0',
    'Address to listen on; 127.0.0.1 for this machine alone.',
    'an address of this machine, such as 0.0.0.0',
  ),
  DATA_DIR: dataDir,
  TLS_CERT: variable(
    z.string().min(1),
    undefined,
    'Certificate file (PEM): switches https on together with TLS_KEY.',
    'the path of a PEM file',
  ),
  TLS_KEY: variable(
    z.string().min(1),
    undefined,
    'Private key file (PEM) of the certificate.',
    'the path of a PEM file',
  ),
  PUBLIC_URL: variable(
    z.url({ protocol: /^https?$/ }),
    undefined,
    'The address that people open, when it is not this machine’s own.',
    'a URL such as https://fair.example',
  ),
  AUTHORITY_KEYS: variable(
    keys,
    '',
    'Keys of the authorities that may connect on /mail.',
    'did:key:z… keys, separated by commas',
  ),
  WITNESS_NAME: variable(
    z.string().refine(isKeyName),
    undefined,
    'The name under which this witness cosigns checkpoints. Default: fairground.local/witness- and eight characters of its key.',
    'a name such as witness.example/1: no spaces, no +',
  ),
  RELAY_NAMES: variable(
    list.refine((names) => names.every((name) => hostPattern.test(name))),
    '',
    'More host names (host or host:port) that clients dial this relay by.',
    'names separated by commas, such as fair.local,10.0.0.5:8080',
  ),
  RELAY_TRUST_PROXY: variable(
    flag,
    '0',
    'Count limits by the last X-Forwarded-For address: only behind a proxy that sets it.',
    '0 or 1',
  ),
  RELAY_ADDRESS_FACTOR: variable(
    z.coerce.number().min(0.01).max(100_000),
    '1',
    'Widens the limits per address, for a school behind one address.',
    'a number such as 1 or 20',
  ),
  RELAY_STATIC_DIR: variable(
    z.string().min(1),
    undefined,
    'Folder of the built app to serve. Default: app/build, when it is there.',
    'the path of a folder',
  ),
  RELAY_LOG_LEVEL: logLevel,
} as const;

export interface RelayConfig {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly publicUrl: string | undefined;
  readonly authorities: readonly Bytes[];
  readonly names: readonly string[];
  /** Undefined: made from the key. */
  readonly witnessName: string | undefined;
  readonly trustProxy: boolean;
  readonly addressFactor: number;
  readonly staticDir: string | undefined;
  readonly logLevel: LogLevel;
}

/** The first variable that is wrong is named in the message, with what to write instead. */
export function readRelayConfig(environment: Environment): Result<RelayConfig, 'config_invalid'> {
  const values = readVariables(relayVariables, environment);
  return values.ok ? toConfig(values.value) : values;
}

function toConfig(values: Values<typeof relayVariables>): Result<RelayConfig, 'config_invalid'> {
  const { TLS_CERT: cert, TLS_KEY: key } = values;
  if ((cert === undefined) !== (key === undefined))
    return err('config_invalid', 'TLS_CERT and TLS_KEY belong together: set both, or neither.');
  return ok({
    port: values.PORT,
    host: values.HOST,
    dataDir: values.DATA_DIR,
    tls: cert !== undefined && key !== undefined ? { cert, key } : undefined,
    publicUrl: values.PUBLIC_URL,
    authorities: values.AUTHORITY_KEYS ?? [],
    names: values.RELAY_NAMES ?? [],
    witnessName: values.WITNESS_NAME,
    trustProxy: values.RELAY_TRUST_PROXY,
    addressFactor: values.RELAY_ADDRESS_FACTOR,
    staticDir: values.RELAY_STATIC_DIR,
    logLevel: values.RELAY_LOG_LEVEL,
  });
}
