/**
 * By which names clients may have dialled this relay. A challenge is signed together with the name: a relay that believed any `Host`
 * header would accept what somebody signed for another relay.
 */
import { hostname, networkInterfaces } from 'node:os';

export interface HostNames {
  /** Spellings of a request's host (with its port written out) that are this relay's; empty when it is none. */
  match(hostHeader: string | undefined): readonly string[];
}

export interface HostOptions {
  /** The port that is listened on; asked when needed, since it may be chosen by the system. */
  port(): number;
  readonly publicUrl?: string | undefined;
  /** More names, `host` or `host:port`. */
  readonly names: readonly string[];
}

export function createHostNames({ port, publicUrl, names }: HostOptions): HostNames {
  const configured = new Set(
    [...names, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])].map((name) =>
      name.toLowerCase(),
    ),
  );
  return {
    match(header) {
      const parts = /^(\[[0-9a-f:]+\]|[^:[\]]+)(?::([0-9]{1,5}))?$/.exec(header?.toLowerCase() ?? '');
      if (!parts) return [];
      const [whole, name = '', dialled] = parts;
      const isConfigured = configured.has(whole) || configured.has(name);
      const isLocal = localNames().has(name) && Number(dialled ?? 80) === port();
      if (!isConfigured && !isLocal) return [];
      return dialled === undefined ? [`${name}:443`, `${name}:80`, name] : [whole];
    },
  };
}

function localNames(): ReadonlySet<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const own = hostname().toLowerCase();
  return new Set([
    'localhost',
    own,
    `${own}.local`,
    ...addresses.map(({ address, family }) =>
      family === 'IPv6' ? `[${address.toLowerCase().replace(/%.*$/, '')}]` : address,
    ),
  ]);
}
