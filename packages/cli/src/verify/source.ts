/** A log from wherever a person has it: a `.fair` file, an unzipped folder, the address of either. */
import { stat } from 'node:fs/promises';
import {
  type BundleSource,
  bundleLimits,
  type Bytes,
  ok,
  type Result,
  urlSource,
  zipSource,
} from '@fairground/ledger';
import { readFileAtMost } from '../boundedFile.ts';
import { CommandFailure } from '../failure.ts';
import { fetchAtMost, readAtMost } from './bounded.ts';
import { listFiles } from './listFiles.ts';

/** Fails as a result where a `.fair` is damaged, which is an answer; throws a `CommandFailure` where nothing can be found out. */
export async function openSource(place: string): Promise<Result<BundleSource>> {
  if (/^https?:\/\//.test(place)) return openAddress(new URL(place));
  const found = await stat(place).catch(() => undefined);
  if (!found) throw new CommandFailure(`There is no file or folder ${place}.`);
  return found.isDirectory()
    ? ok(await folderSource(place))
    : unzip(await readBytes(place, bundleLimits.total), place);
}

/** A log's address, `…/log/<world>`, or that of a file in it, or that of a `.fair` file. */
async function openAddress(url: URL): Promise<Result<BundleSource>> {
  if (url.pathname.endsWith('.fair')) return unzip(await download(url), url.pathname);
  const base = url.origin + url.pathname.replace(/\/(checkpoint|world\.json|policy)?$/, '');
  await download(new URL(`${base}/checkpoint${url.search}`));
  return ok(urlSource({ fetch: fetchAtMost(bundleLimits.member) }, base, { query: url.search }));
}

async function download(url: URL): Promise<Bytes> {
  const response = await fetch(url).catch(() => undefined);
  if (!response) throw new CommandFailure(`Nothing answers at ${url.origin}. Is the server running there?`);
  if (!response.ok)
    throw new CommandFailure(
      `${url.origin}${url.pathname} answers ${response.status}: there is no log that may be read.`,
    );
  const bytes = await readAtMost(response, bundleLimits.total);
  if (!bytes) throw new CommandFailure(`${url.origin}${url.pathname} sends more than any log has.`);
  return bytes;
}

function unzip(bytes: Bytes, name: string): Result<BundleSource> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip && !name.endsWith('.fair'))
    throw new CommandFailure(`${name} is neither a .fair file nor a folder that one was unzipped to.`);
  return zipSource(bytes);
}

async function folderSource(folder: string): Promise<BundleSource> {
  const byName = await listFiles(folder, bundleLimits.count);
  return {
    names: [...byName.keys()],
    async read(path) {
      const file = byName.get(path);
      return file === undefined ? undefined : readBytes(file, bundleLimits.member);
    },
  };
}

async function readBytes(file: string, max: number): Promise<Bytes> {
  const bytes = await readFileAtMost(file, max);
  if (!bytes) throw new CommandFailure(`${file} is larger than anything that a log has.`);
  return bytes;
}
