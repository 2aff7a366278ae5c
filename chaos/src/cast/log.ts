/** What a process says goes into the trace: it must be the same each time too. */
import type { Life } from '../runtime/loop.ts';
import type { Stage } from './stage.ts';

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export function logOf({ loop }: Stage, life: Life): Log {
  const write = (level: string) => (fields: object, message: string) => {
    const { fault } = fields as { readonly fault?: unknown };
    const why =
      fault instanceof Error ? ` (${fault.message})` : fault === undefined ? '' : ` (${String(fault)})`;
    loop.note(`${life.name} ${level}: ${message}${why}`);
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
