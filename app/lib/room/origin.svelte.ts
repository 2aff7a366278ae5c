/** The address to hand on. A page on the machine itself is at `localhost`, which no phone can open: the relay knows better. */
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u;

export interface ShareOrigin {
  readonly value: string;
}

/** `location.origin`, until the relay has named an address that phones reach. */
export function shareOrigin(): ShareOrigin {
  let value = $state(location.origin);
  if (loopback.test(location.hostname)) {
    void askAddress().then((address) => {
      if (address !== undefined) value = address;
    });
  }
  return {
    get value() {
      return value;
    },
  };
}

async function askAddress(): Promise<string | undefined> {
  const reply = await fetch('/healthz').catch(() => undefined);
  const health: unknown = await reply?.json().catch(() => undefined);
  const address =
    typeof health === 'object' && health !== null && 'address' in health ? health.address : undefined;
  return typeof address === 'string' && URL.canParse(address) ? new URL(address).origin : undefined;
}
