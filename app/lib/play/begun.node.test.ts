import { afterEach, describe, expect, it, vi } from 'vitest';
import { takeBegun } from './begun.ts';

const CODE = 'https://fair.example/codes/482917';
const begin = (answer: Promise<Response>) => {
  vi.stubGlobal('location', { href: 'https://fair.example/j/482917' });
  vi.stubGlobal('begun', { '/codes/482917': answer });
};

afterEach(() => vi.unstubAllGlobals());

describe('[U221] a code that the page has begun to look up', () => {
  it('is asked about once, and its answer handed on once', async () => {
    const answer = new Response('{}');
    begin(Promise.resolve(answer));
    expect(await takeBegun(new URL(CODE), { method: 'POST' })).toBe(answer);
    expect(takeBegun(new URL(CODE), { method: 'POST' })).toBeUndefined();
  });

  it.each([
    ['another code', 'https://fair.example/codes/111111', { method: 'POST' }],
    ['another method', CODE, {}],
    ['a request with something in it', CODE, { method: 'POST', body: '{}' }],
  ])('answers nothing else: %s', (_, url, init) => {
    begin(Promise.resolve(new Response('{}')));
    expect(takeBegun(url, init)).toBeUndefined();
  });

  it('is given up like any other request when nobody waits any longer', async () => {
    begin(new Promise(() => {}));
    const asking = new AbortController();
    const answer = takeBegun(CODE, { method: 'POST', signal: asking.signal });
    asking.abort();
    await expect(answer).rejects.toThrow('nobody waits');
  });

  it('is no answer where the page began nothing', () => {
    vi.stubGlobal('location', { href: 'https://fair.example/' });
    expect(takeBegun(CODE, { method: 'POST' })).toBeUndefined();
  });
});
