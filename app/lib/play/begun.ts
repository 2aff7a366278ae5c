/** Requests that the page itself began before its scripts were here (app.html): each answer is handed on once. */
interface Page {
  begun?: { [path: string]: Promise<Response> };
}

/** The answer to the same request, if the page has begun it. */
export function takeBegun(
  input: RequestInfo | URL,
  { method = 'GET', body, signal }: RequestInit = {},
): Promise<Response> | undefined {
  const { begun } = globalThis as Page;
  const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
  const response = begun?.[pathname];
  // The page begins nothing but lookups of codes.
  if (!begun || !response || method !== 'POST' || body) return undefined;
  delete begun[pathname];
  return signal ? Promise.race([response, aborted(signal)]) : response;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const refuse = () => reject(new DOMException('nobody waits any longer', 'AbortError'));
    if (signal.aborted) refuse();
    signal.addEventListener('abort', refuse, { once: true });
  });
}
