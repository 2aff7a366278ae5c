/** Strict shapes of decoded CBOR: every field checked, no field more. A value that passes is used as it was decoded, without a copy. */
import { isBytes } from './bytes.ts';

export type Check = (value: unknown) => boolean;

/** A map with exactly these fields; one whose check takes `undefined` may be absent. */
export function shape<T>(fields: { readonly [Name in keyof T]-?: Check }): (value: unknown) => value is T {
  const checks = Object.entries<Check>(fields);
  return (value): value is T => {
    if (!isMap(value)) return false;
    let known = 0;
    for (const [name, check] of checks) {
      const field = value[name];
      if (!check(field)) return false;
      if (field !== undefined) known++;
    }
    return Object.keys(value).length === known;
  };
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isBytes(value);
}

/** What no field of decoded CBOR is: absent. */
export const isPresent: Check = (value) => value !== undefined;

export const isText: Check = (value) => typeof value === 'string';

export const isFlag: Check = (value) => typeof value === 'boolean';

export const isUint: Check = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Like `closed_early`: at most 64 letters, digits and underscores, a letter first. */
export const isCode: Check = (value) => typeof value === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(value);

export const isAnyBytes: Check = isBytes;

export function bytesOf(length: number): Check {
  return (value) => isBytes(value) && value.length === length;
}

export function literal(expected: string | number): Check {
  return (value) => value === expected;
}

export function oneOf(...expected: readonly string[]): Check {
  return (value) => typeof value === 'string' && expected.includes(value);
}

export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

export function nullable(check: Check): Check {
  return (value) => value === null || check(value);
}

export function listOf(item: Check): Check {
  return (value) => Array.isArray(value) && value.every(item);
}
