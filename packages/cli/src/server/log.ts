/** What servers log: one JSON object a line, on stderr, so that stdout is for people. */
import { type Logger, pino } from 'pino';

export function createLog(level: string): Logger {
  // What failed is worth nothing without its reason.
  const serializers = { fault: pino.stdSerializers.err };
  return pino({ level, base: null, serializers }, pino.destination({ fd: 2, sync: false }));
}
