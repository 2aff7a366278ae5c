/** `fairground start` speaks to people: it logs what needs a hand, unless more is asked for. */
export const quietLogs = { RELAY_LOG_LEVEL: 'warn', AUTHORITY_LOG_LEVEL: 'warn' } as const;
