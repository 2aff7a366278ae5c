/** The relay room: moves and keeps bytes. Embedded by `fairground start`, driven by simulations, run alone by `main.ts`. */
export { type RelayConfig, readRelayConfig, relayVariables } from './config.ts';
export { loadSecret } from './keys.ts';
export { type ListenOptions, listen } from './listen.ts';
export { openRelay } from './openRelay.ts';
export { type Clock, type Log, type Random, silentLog, systemClock } from './ports.ts';
export { type Relay, type RelayDeps, type RelayOptions, createRelay } from './relay.ts';
export { createMemoryStore } from './store/memoryStore.ts';
export type * from './store/ports.ts';
export { openSqliteStore } from './store/sqliteStore.ts';
export { type WitnessConfig, readWitnessConfig, witnessVariables } from './witness/witnessConfig.ts';
export { type WitnessServer, openWitness } from './witness/witnessServer.ts';
export { holdBack } from './holdBack.ts';
