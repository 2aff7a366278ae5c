/** A middling phone on a middling network, as Lighthouse throttles: a quarter of the CPU; 1.6 Mbit/s down, 750 kbit/s up, 150 ms a round trip. */
import type { CDPSession, Page } from 'playwright';

export interface Throttle {
  readonly cpu: number;
  readonly network: boolean;
}

const BYTES_A_SECOND = 1_000_000 / 8;

export async function slowDown(page: Page, { cpu, network }: Throttle): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  if (network)
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: 1.6 * BYTES_A_SECOND,
      uploadThroughput: 0.75 * BYTES_A_SECOND,
    });
  return devtools;
}
