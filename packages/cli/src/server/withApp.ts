/** A server serves the app that was built beside it, unless it is told of another folder. */
import { existsSync } from 'node:fs';
import type { Environment } from './openServer.ts';

const appFolder = new URL('../../../../app/build', import.meta.url).pathname;

export function withApp(environment: Environment): Environment {
  if (environment['RELAY_STATIC_DIR'] !== undefined || !existsSync(appFolder)) return environment;
  return { ...environment, RELAY_STATIC_DIR: appFolder };
}
