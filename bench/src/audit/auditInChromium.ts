/** Measures an audit in a fresh page of Chromium, from a bundle of our own sources. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'vite';
import { openBrowser } from '../browser/openBrowser.ts';
import type { AuditTimes } from './measureAudit.ts';

export interface AuditBrowser {
  /** In a page that knows nothing yet. */
  audit(): Promise<AuditTimes>;
  close(): Promise<void>;
}

export async function openAuditBrowser(large: string, small: string): Promise<AuditBrowser> {
  const server = await serve({ '/large.fair': await readFile(large), '/small.fair': await readFile(small) });
  const browser = await openBrowser();
  return {
    async audit() {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction(() => 'measured' in globalThis, undefined, { timeout: 120_000 });
      const times = await page.evaluate(
        () => (globalThis as unknown as { measured: Promise<AuditTimes> }).measured,
      );
      await context.close();
      return times;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

async function serve(files: Readonly<Record<string, Buffer>>): Promise<Server> {
  const scripts: Readonly<Record<string, string>> = {
    '/page.js': await bundled(new URL('./inPage.ts', import.meta.url)),
    '/aside.js': await bundled(new URL('./inPageAside.ts', import.meta.url)),
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (files[path]) return response.end(files[path]);
    const script = scripts[path];
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    return response.end(script ?? '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function bundled({ pathname: entry }: URL): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'esnext',
      lib: { entry, formats: ['es'] },
    },
  });
  const [output] = [built].flat();
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (!chunk) throw new Error('the page was not built');
  return chunk.code;
}
