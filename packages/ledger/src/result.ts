/** An expected failure is a value with a snake_case code; a bug throws. */

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Err<E extends string> {
  readonly ok: false;
  readonly code: E;
  readonly message?: string;
}

export type Result<T, E extends string = string> = Ok<T> | Err<E>;

export function ok(): Ok<void>;
export function ok<T>(value: T): Ok<T>;
export function ok<T>(value?: T): Ok<T | undefined> {
  return { ok: true, value };
}

export function err<E extends string>(code: E, message?: string): Err<E> {
  return message === undefined ? { ok: false, code } : { ok: false, code, message };
}

/** For results that cannot fail here: a failure is a bug of the caller's, so it throws with its code. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.message === undefined ? result.code : `${result.code}: ${result.message}`);
}
