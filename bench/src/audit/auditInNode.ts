/** Measures an audit in a fresh process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AuditTimes } from './measureAudit.ts';

const script = new URL('./inNode.ts', import.meta.url);

export async function auditInNode(large: string, small: string): Promise<AuditTimes> {
  const child = fork(script, [large, small], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const failed = once(child, 'exit').then(() => Promise.reject(new Error('the audit ended without a word')));
  failed.catch(() => {}); // once it has spoken, its end is no failure
  const told: unknown[] = await Promise.race([once(child, 'message'), failed]);
  child.kill();
  return told[0] as AuditTimes;
}
