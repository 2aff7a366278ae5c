/** What every route may use, and how it answers. */
import type { Bytes } from '@fairground/ledger';
import {
  CAP_HEADER,
  CAP_PARAMETER,
  type Cap,
  PROBLEM_TYPE,
  parseCap,
  problemRow,
  toProblem,
} from '@fairground/protocol';
import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { addressOf } from './address.ts';

export interface RouteEnv {
  Bindings: HttpBindings;
}

export type App = Hono<RouteEnv>;
export type RouteContext = Context<RouteEnv>;

export interface ProblemOptions {
  readonly status?: number;
  readonly detail?: string;
  readonly retryAfter?: number | undefined;
}

/** `application/problem+json` from the one table. */
export function problem(code: string, { retryAfter, ...extras }: ProblemOptions = {}): Response {
  const body = toProblem(code, { ...extras, ...(retryAfter === undefined ? {} : { retryAfter }) });
  const headers = new Headers({ 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' });
  if (retryAfter !== undefined) headers.set('retry-after', String(Math.ceil(retryAfter)));
  return new Response(JSON.stringify(body), { status: extras.status ?? problemRow(code).status, headers });
}

/** An answer that no cache may keep. */
export function answer(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

export function callerOf(context: RouteContext, trustProxy: boolean): string {
  const forwarded = trustProxy ? context.req.header('x-forwarded-for') : undefined;
  return addressOf(context.env.incoming.socket.remoteAddress, forwarded);
}

/** From the header, or from `?cap=` of a plain link; a malformed one counts as none. */
export function capOf(context: RouteContext): Cap | undefined {
  const text = context.req.header(CAP_HEADER) ?? context.req.query(CAP_PARAMETER);
  const cap = text === undefined ? undefined : parseCap(text);
  return cap?.ok ? cap.value : undefined;
}

/** Undefined when it is longer than `max`; what is longer is not read to its end. */
export async function readBody(request: Request, max: number): Promise<Bytes | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > max) return undefined;
  if (!request.body) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > max) return undefined;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
