/** What servers log: one JSON object a line, on stderr, so that stdout is for people. */
import { type Logger, pino } from 'pino';

export function createLog(level: string): Logger {
  return pino({ level, base: null }, pino.destination({ fd: 2, sync: false }));
}
