/** Every code that a person or program can be told, in one table: HTTP status, WebSocket close code, and what to do. */
import { z } from 'zod';
import type { ProblemText } from './problemText.ts';
import { accessProblems } from './problemsOfAccess.ts';
import { documentProblems } from './problemsOfDocuments.ts';
import { intentProblems } from './problemsOfIntents.ts';

const rows = { ...accessProblems, ...documentProblems, ...intentProblems };

export type ProblemCode = keyof typeof rows;

export interface ProblemRow extends ProblemText {
  readonly code: ProblemCode;
  /** 4400 … 4599: 4000 + status; the close reason is the code itself. */
  readonly close: number;
}

export const problems: ReadonlyMap<string, ProblemRow> = new Map(
  Object.entries(rows).map(([code, row]) => [
    code,
    { ...row, code: code as ProblemCode, close: 4000 + row.status },
  ]),
);

/** `application/problem+json` (RFC 9457). `code` may also be a game's own refusal, which this table does not list. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  detail: z.string(),
  /** Seconds. */
  retryAfter: z.number().nonnegative().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** The row of a code; a code of a game's own rules gets the row of `refused`. */
export function problemRow(code: string): ProblemRow {
  const row = problems.get(code) ?? problems.get('refused');
  if (!row) throw new Error('the problems table lost its last row');
  return row;
}

export interface ProblemExtras {
  readonly status?: number;
  readonly detail?: string;
  readonly retryAfter?: number;
}

/** The body for a code: the table's words unless better ones are given. */
export function toProblem(code: string, extras: ProblemExtras = {}): Problem {
  const row = problemRow(code);
  return {
    type: `urn:fairground:problem:${code}`,
    title: row.title,
    status: extras.status ?? row.status,
    code,
    detail: extras.detail ?? row.detail,
    ...(extras.retryAfter === undefined ? {} : { retryAfter: extras.retryAfter }),
  };
}

/** What `WebSocket.close` is called with. */
export function closeFor(code: ProblemCode): { readonly code: number; readonly reason: ProblemCode } {
  return { code: problemRow(code).close, reason: code };
}
