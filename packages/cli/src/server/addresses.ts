/** By which addresses people reach a server on this machine. */
import { networkInterfaces } from 'node:os';

export interface Addresses {
  /** For a browser on this machine. */
  readonly here: string;
  /** For phones in the same network; undefined when only this machine is listened to. */
  readonly network: string | undefined;
}

export interface Listening {
  /** `HOST`, as it was set. */
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly publicUrl: string | undefined;
}

export function addressesOf(listening: Listening, lan: string | undefined = lanAddress()): Addresses {
  const { host, publicUrl } = listening;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const isLocal = host === 'localhost' || host === '::1' || host.startsWith('127.');
  const here = urlOf(listening, isEverywhere ? 'localhost' : host);
  if (publicUrl !== undefined) return { here, network: publicUrl };
  if (isLocal) return { here, network: undefined };
  return { here, network: isEverywhere ? lan && urlOf(listening, lan) : here };
}

function urlOf({ port, isSecure }: Listening, host: string): string {
  const name = host.includes(':') ? `[${host}]` : host;
  const isUsual = port === (isSecure ? 443 : 80);
  return `${isSecure ? 'https' : 'http'}://${name}${isUsual ? '' : `:${port}`}`;
}

/** The first private IPv4 address, else any that is not this machine's own loop. */
function lanAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const outside = all
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  return outside.find((address) => /^(192\.168|10|172\.(1[6-9]|2\d|3[01]))\./.test(address)) ?? outside[0];
}
