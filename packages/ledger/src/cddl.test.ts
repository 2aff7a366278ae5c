import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeEntry, encodeEntry } from './entryCodec.ts';
import { samples } from './testing/samples.ts';

const text = readFileSync(new URL('../../../docs/spec/ledger.cddl', import.meta.url), 'utf8').replaceAll(
  /;.*$/gm,
  '',
);
const rules = new Map(
  Array.from(
    text.matchAll(/^([a-z0-9-]+) = ([^=]*?)(?=^[a-z0-9-]+ = |(?![^]))/gms),
    ([, name = '', body = '']) => [name, body],
  ),
);

/** The fields of the outermost map: optional ones with a question mark. */
function fieldsOf(rule: string): readonly string[] {
  const fields: string[] = [];
  let depth = 0;
  for (const [token, , optional = '', name] of rule.matchAll(/([{[(])|[}\])]|(\?)?\s*\b([a-zA-Z]+):/g)) {
    if (/[{[(]/.test(token)) depth += 1;
    else if (/[}\])]/.test(token)) depth -= 1;
    else if (depth === 1 && name !== undefined) fields.push(name + optional);
  }
  return fields;
}

describe('ledger.cddl', () => {
  const union = (rules.get('entry') ?? '').split('/').map((name) => name.trim());
  const kinds = new Map(
    union.map((name) => [
      /kind: "([a-z]+)"/.exec(rules.get(name) ?? '')?.[1] ?? '',
      fieldsOf(rules.get(name) ?? ''),
    ]),
  );

  it('[L107] the union has a rule for each kind that the decoder knows, and for no other', () => {
    const known = [...kinds.keys()].filter((kind) => {
      const decoded = decodeEntry(encodeEntry({ kind, at: 0 } as never));
      return decoded.ok || decoded.code === 'entry_shape';
    });
    expect(known).toEqual([...kinds.keys()]);
    expect(known).toHaveLength(16);
    expect(decodeEntry(encodeEntry({ kind: 'other', at: 0 } as never))).toMatchObject({
      code: 'entry_kind_unknown',
    });
  });

  it.each(Object.values(samples))('[L107] $kind has exactly the fields that its rule names', (entry) => {
    const fields = kinds.get(entry.kind) ?? [];
    const allowed = fields.map((name) => name.replace('?', '')).filter((name) => name !== 'parent');
    expect(Object.keys(entry).toSorted()).toEqual(allowed.toSorted());
    expect(decodeEntry(encodeEntry(entry))).toMatchObject({ ok: true });
    const optional = fields.filter((name) => name.endsWith('?'));
    expect(optional).toEqual(
      { intent: ['rtt?', 'refused?'], genesis: ['parent?'] }[String(entry.kind)] ?? [],
    );
  });
});
