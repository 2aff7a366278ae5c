/** The app's built files: hashed ones for ever, the rest revalidated, any other page address is the app's to understand. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { contentSecurityPolicy } from './contentSecurityPolicy.ts';
import { type App, type RouteContext, problem } from './context.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
};

export function addStaticFiles(app: App, directory: string): void {
  const root = resolve(directory);
  app.get('*', async (context) => {
    const { pathname } = new URL(context.req.url);
    const path = safePath(root, pathname);
    if (!path) return problem('not_found');
    const file = (await isFile(path)) ? path : undefined;
    const isPage = file === undefined && extname(pathname) === '';
    if (file === undefined && !isPage) return problem('not_found');
    return send(context, root, file ?? join(root, 'index.html'));
  });
}

/** Undefined for a path that is malformed, hidden, or leads out of the directory. */
function safePath(root: string, pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.split(/[/\\]/).some((part) => part === '..' || part.startsWith('.')))
    return undefined;
  const path = join(root, decoded.endsWith('/') ? `${decoded}index.html` : decoded);
  return path === root || path.startsWith(root + sep) ? path : undefined;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function send(context: RouteContext, root: string, path: string): Promise<Response> {
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) return problem('not_found');
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`;
  const isHashed = path.startsWith(join(root, '_app', 'immutable') + sep);
  const headers = new Headers({
    etag,
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  if (extname(path) === '.html')
    headers.set('content-security-policy', contentSecurityPolicy(bytes.toString('utf8')));
  if (context.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers });
  const packed = await findPacked(context.req.header('accept-encoding') ?? '', path);
  if (!packed) return new Response(new Uint8Array(bytes), { headers });
  headers.set('content-encoding', packed.encoding);
  headers.set('vary', 'accept-encoding');
  return new Response(new Uint8Array(packed.bytes), { headers });
}

/** The build may lay compressed copies beside its files. */
async function findPacked(
  accepted: string,
  path: string,
): Promise<{ readonly encoding: string; readonly bytes: Uint8Array } | undefined> {
  for (const [encoding, suffix] of [
    ['br', '.br'],
    ['gzip', '.gz'],
  ] as const) {
    if (!accepted.includes(encoding)) continue;
    const bytes = await readFile(path + suffix).catch(() => undefined);
    if (bytes) return { encoding, bytes };
  }
  return undefined;
}
