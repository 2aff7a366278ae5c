/** The variables of a witness by itself: some of the relay's, and whose worlds it cosigns. */
import { type Result, type Vkey, ed25519Type, err, ok, parseVkey } from '@fairground/ledger';
import { type Environment, partsOf, variable } from '@fairground/server';
import { z } from 'zod';
import { readRelayConfig, relayVariables } from '../config.ts';

const logs = variable(
  z.string().transform((text, context): readonly Vkey[] =>
    partsOf(text).flatMap((part) => {
      const vkey = parseVkey(part);
      if (vkey.ok && vkey.value.type === ed25519Type) return [vkey.value];
      context.addIssue({ code: 'custom', message: `${part} is no vkey of an authority` });
      return [];
    }),
  ),
  '',
  'The authorities whose worlds this witness cosigns: their vkeys, separated by commas (fairground keys shows them).',
  'vkeys separated by commas, such as fair.example/1+…+…',
);

const { PORT, HOST, DATA_DIR, TLS_CERT, TLS_KEY, RELAY_TRUST_PROXY, WITNESS_NAME } = relayVariables;
export const witnessVariables = {
  ...{ PORT, HOST, DATA_DIR, TLS_CERT, TLS_KEY, RELAY_TRUST_PROXY, WITNESS_NAME },
  WITNESS_LOGS: logs,
} as const;

export interface WitnessConfig {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly trustProxy: boolean;
  readonly name: string | undefined;
  readonly logs: readonly Vkey[];
}

/** Refuses what the relay refuses, and a list without an authority: such a witness would cosign nothing. */
export function readWitnessConfig(environment: Environment): Result<WitnessConfig, 'config_invalid'> {
  const relay = readRelayConfig(environment);
  if (!relay.ok) return relay;
  const text = environment['WITNESS_LOGS'] ?? '';
  const parsed = logs.schema.safeParse(text);
  if (!parsed.success || parsed.data.length === 0)
    return err('config_invalid', `WITNESS_LOGS=${text} does not work: write ${logs.write}.`);
  const { port, host, dataDir, tls, trustProxy, witnessName } = relay.value;
  return ok({ port, host, dataDir, tls, trustProxy, name: witnessName, logs: parsed.data });
}
