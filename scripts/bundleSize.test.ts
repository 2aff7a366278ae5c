import { expect, it } from 'vitest';
import { filesToSeat, shellFiles } from './bundleSize.ts';

it('[TOOL4] follows what the page names and static imports, but no dynamic ones', () => {
  const files = new Map([
    ['_app/start.js', "import{a}from'./chunks/a.js';export*from'./chunks/b.js';import('./chunks/later.js');"],
    ['_app/app.js', "import'./chunks/a.js';"],
    ['_app/chunks/a.js', "import'./b.js';"],
    ['_app/chunks/b.js', ''],
  ]);
  const page = '<link href="/_app/start.js" rel="modulepreload"><script>import("/_app/app.js")</script>';
  const read = (file: string): string => files.get(file) ?? expect.fail(`${file} is no part of the shell`);
  expect(shellFiles(page, read).toSorted()).toEqual([...files.keys()].toSorted());
});

it('[TOOL4] leaves out what only some addresses ask for', () => {
  const page = '<script src="/a.js"></script><script data-parts>{ "j": ["_app/room.js"] }</script>';
  expect(shellFiles(page, () => '')).toEqual(['a.js']);
});

it('[TOOL12] counts what comes by a lobby’s link, each file once', () => {
  const page =
    '<script src="/a.js"></script><link href="/a.css"><script data-parts>{ const parts = {"j":["r.js","a.js","r.css"],"screen":["s.js"]}; }</script>';
  expect(filesToSeat(page)).toEqual(['a.js', 'a.css', 'r.js', 'r.css']);
});
