/** Variables of the environment: each has a schema, a default and a help, and a wrong one is answered with what to write instead. */
import { type Result, err, ok } from '@fairground/ledger';
import { z } from 'zod';

export interface Variable<T, Fallback extends string | undefined = string | undefined> {
  readonly schema: z.ZodType<T>;
  /** As it would be written; undefined when it may be left out. */
  readonly fallback: Fallback;
  /** What it does. */
  readonly help: string;
  /** What to write. */
  readonly write: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export type Values<Variables> = {
  readonly [Name in keyof Variables]: Variables[Name] extends Variable<infer T, infer Fallback>
    ? Fallback extends string
      ? T
      : T | undefined
    : never;
};

export function variable<T, Fallback extends string | undefined>(
  schema: z.ZodType<T>,
  fallback: Fallback,
  help: string,
  write: string,
): Variable<T, Fallback> {
  return { schema, fallback, help, write };
}

export const dataDir = variable(
  z.string().min(1),
  './data',
  'Folder of everything that is kept.',
  'the path of a folder that may be written',
);

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export const logLevel = variable<LogLevel, string>(
  z.enum(['debug', 'info', 'warn', 'error', 'silent']),
  'info',
  'How much is logged.',
  'debug, info, warn, error or silent',
);

/** What stands between commas. */
export function partsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The first one that is wrong is named in the message; an empty one is one that is not set. */
export function readVariables<Variables extends Readonly<Record<string, Variable<unknown>>>>(
  variables: Variables,
  environment: Environment,
): Result<Values<Variables>, 'config_invalid'> {
  const values: Record<string, unknown> = {};
  for (const [name, { schema, fallback, write }] of Object.entries(variables)) {
    const text = environment[name] === undefined || environment[name] === '' ? fallback : environment[name];
    if (text === undefined) continue;
    const parsed = schema.safeParse(text);
    if (!parsed.success) return err('config_invalid', `${name}=${text} does not work: write ${write}.`);
    values[name] = parsed.data;
  }
  return ok(values as Values<Variables>);
}
