/** Every variable of a server, for its `--help`. */
import { authorityVariables } from '@fairground/authority';
import { relayVariables, witnessVariables } from '@fairground/relay';
import { quietLogs } from './quietLogs.ts';
import { describeVariables, type Variables } from './variables.ts';

export function serverHelp(name: string): string {
  if (name === 'relay') return describeVariables(relayVariables);
  if (name === 'witness') return describeVariables(witnessVariables);
  return name === 'authority'
    ? describeVariables(authorityVariables)
    : describeVariables(togetherVariables());
}

/** In one process nobody dials, and the terminal belongs to people. */
function togetherVariables(): Variables {
  const { RELAY_URL: _dialled, ...authority } = authorityVariables;
  const { AUTHORITY_KEYS: _dialling, ...relay } = relayVariables;
  const all: Variables = { ...relay, ...authority };
  const quiet = Object.entries(quietLogs).map(([variable, fallback]) => [
    variable,
    { help: all[variable]?.help ?? '', fallback },
  ]);
  return { ...all, ...(Object.fromEntries(quiet) as Variables) };
}
