/** `fairground witness`: cosigns the checkpoints of other people's authorities, by a key and in a folder of its own. */
import { holdBack, listen, openWitness, readWitnessConfig } from '@fairground/relay';
import { formatVkey } from '@fairground/ledger';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import { bold, print } from '../terminal/print.ts';
import { addressesOf } from './addresses.ts';
import { makeFolder } from './makeFolder.ts';
import type { Environment } from './openServer.ts';
import { closeOnSignal } from './shutdown.ts';

export async function startWitness(environment: Environment): Promise<void> {
  const config = readWitnessConfig(environment);
  if (!config.ok) throw new CommandFailure(config.message ?? config.code);
  makeFolder('DATA_DIR', config.value.dataDir);
  const listening = await listen(config.value);
  if (!listening.ok) throw new CommandFailure(listening.message ?? listening.code);
  const server = listening.value;
  const letIn = holdBack(server);
  const witness = await openWitness(config.value).catch((fault: unknown) => {
    server.close();
    throw new CommandFailure(
      `DATA_DIR=${config.value.dataDir} cannot be used (${messageOf(fault)}): write the path of a folder that may be written.`,
    );
  });
  witness.start(server);
  letIn();
  closeOnSignal(async () => {
    server.close();
    await witness.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.value.port;
  const { here } = addressesOf({
    ...config.value,
    port,
    isSecure: config.value.tls !== undefined,
    publicUrl: undefined,
  });
  print(`${bold('The witness is open')} at ${here}/witness`);
  print(`  For AUTHORITY_WITNESSES: ${formatVkey(witness.cosigner.vkey)} ${here}/witness`);
}
