/** Requests to the relay: one parse of every reply, one code for every failure. */
import { type Bytes, err, ok, type Result } from '@fairground/ledger';
import { CAP_HEADER, type Cap, Problem } from '@fairground/protocol';
import type { z } from 'zod';
import type { Ports } from './ports.ts';

export interface Request {
  readonly method?: 'GET' | 'POST';
  readonly body?: Bytes | object;
  readonly cap?: Cap | undefined;
  readonly token?: string | undefined;
  /** Gives up after this long, ms. */
  readonly timeoutMs?: number;
}

/** `unreachable` and `reply_malformed` are the client's own codes; all others come from the relay's table or a game's rules. */
export interface Failure {
  readonly ok: false;
  readonly code: string;
  /** For people. */
  readonly message: string;
  /** HTTP status, 0 when nothing answered. */
  readonly status: number;
  readonly retryAfterMs?: number;
}
export type Reply<T> = { readonly ok: true; readonly status: number; readonly value: T } | Failure;

const TIMEOUT_MS = 10_000;

export interface Http {
  json<T>(path: string, schema: z.ZodType<T>, request?: Request): Promise<Reply<T>>;
  bytes(path: string, request?: Request): Promise<Reply<Bytes>>;
}

export function createHttp(base: string, ports: Pick<Ports, 'fetch'>): Http {
  async function send(
    path: string,
    { method = 'GET', body, cap, token, timeoutMs = TIMEOUT_MS }: Request,
  ): Promise<Reply<Response>> {
    const headers: { [name: string]: string } = {};
    if (cap !== undefined) headers[CAP_HEADER] = cap;
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    if (body) headers['content-type'] = body instanceof Uint8Array ? 'application/cbor' : 'application/json';
    const payload = body instanceof Uint8Array ? new Uint8Array(body) : body && JSON.stringify(body);
    try {
      const response = await ports.fetch(new URL(path, base), {
        method,
        headers,
        signal: AbortSignal.timeout(timeoutMs),
        ...(payload && { body: payload }),
      });
      return response.ok ? { ok: true, status: response.status, value: response } : await toFailure(response);
    } catch {
      return unreachable;
    }
  }
  return {
    async json(path, schema, request = {}) {
      const reply = await send(path, request);
      if (!reply.ok) return reply;
      const parsed = schema.safeParse(await reply.value.json().catch(() => undefined));
      return parsed.success
        ? { ok: true, status: reply.status, value: parsed.data }
        : malformed(reply.status);
    },
    async bytes(path, request = {}) {
      const reply = await send(path, request);
      if (!reply.ok) return reply;
      const body = await reply.value.arrayBuffer().catch(() => undefined);
      return body ? { ok: true, status: reply.status, value: new Uint8Array(body) } : unreachable;
    },
  };
}

const unreachable: Failure = {
  ok: false,
  code: 'unreachable',
  message: 'The relay does not answer. Your answers are kept on this device and sent when it is back.',
  status: 0,
};

const malformed = (status: number): Failure => ({
  ok: false,
  code: 'reply_malformed',
  message: 'The relay answered something this app does not understand. Reload to get the newest version.',
  status,
});

async function toFailure(response: Response): Promise<Failure> {
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  if (!problem.success)
    return {
      ok: false,
      code: 'reply_malformed',
      message: `The relay answered ${response.status}.`,
      status: response.status,
    };
  const { code, detail, retryAfter } = problem.data;
  return {
    ok: false,
    code,
    message: detail,
    status: response.status,
    ...(retryAfter !== undefined && { retryAfterMs: retryAfter * 1000 }),
  };
}

/** For callers that only care whether it worked and why not. */
export function toResult<T>(reply: Reply<T>): Result<T> {
  return reply.ok ? ok(reply.value) : err(reply.code, reply.message);
}
