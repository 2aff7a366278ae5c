import { describe, expect, it } from 'vitest';
import { tooEarly } from './parts.ts';

const chunk = (name: string, imports: readonly string[] = [], facadeModuleId: string | null = null) => ({
  ...{ name, fileName: `${name}.js`, imports: [...imports], facadeModuleId },
});
const start = (...imports: readonly string[]) =>
  chunk('entry/start', imports, '/kit/runtime/client/entry.js');

describe('[TOOL12] what the start waits for', () => {
  it('is the file of its payload alone', () => {
    expect(tooEarly([start('payload.js'), chunk('payload'), chunk('shell', ['payload.js'])])).toBeUndefined();
  });

  it('is refused when it is part of the app, also behind the payload', () => {
    expect(tooEarly([start('payload.js', 'shell.js'), chunk('payload'), chunk('shell')])).toBe('shell.js');
    expect(tooEarly([start('payload.js'), chunk('payload', ['shell.js']), chunk('shell')])).toBe('shell.js');
  });
});
