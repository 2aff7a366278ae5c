import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBankFile, starterQuestions } from '@fairground/authority';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { run, runJson } from '../testing/run.ts';

let folder: string;
let env: { readonly DATA_DIR: string };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-questions-'));
  env = { DATA_DIR: join(folder, 'data') };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const openTriviaQa = (text: string, right: string, ...answers: readonly string[]) =>
  `#Q ${text}\n^ ${right}\n${answers.map((answer, i) => `${'ABCDEF'[i]} ${answer}`).join('\n')}\n\n`;

async function write(name: string, ...blocks: readonly string[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, blocks.join(''));
  return file;
}

describe('[C30] import --json', () => {
  test('counts what is new, what is merged, and names what is refused with file, line, code and reason', async () => {
    const file = await write(
      'rivers',
      openTriviaQa('Which river flows through Cairo?', 'Nile', 'Nile', 'Amazon'),
      openTriviaQa('Which river flows through Cairo?', 'Nile', 'Nile', 'Rhine'),
      openTriviaQa('Which river flows through Vienna?', 'Danube', 'Nile', 'Amazon'),
    );
    const first = await runJson(['import', file, '--json'], env);
    expect(first.code).toBe(0);
    expect(first.json).toEqual({
      imported: 1,
      merged: 1,
      refused: [{ file, line: 11, code: 'right_answer_not_among', reason: expect.any(String) as string }],
      ms: expect.any(Number) as number,
    });
    const again = await runJson(['import', file, '--json'], env);
    expect(again.json).toMatchObject({ imported: 0, merged: 2 });
    expect(again.code).toBe(0);
  });

  test('ends with 1 when all is refused, and with 2 when a file is not there', async () => {
    const prose = await write('prose.txt', 'Dear friends,\nno questions here.\n');
    expect((await run(['import', prose], env)).code).toBe(1);
    const missing = await run(['import', join(folder, 'nowhere')], env);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('nowhere');
  });

  test('takes whole folders, and the topic and language that it is told', async () => {
    await write('a', openTriviaQa('Which river flows through Cairo?', 'Nile', 'Nile', 'Amazon'));
    await write('b', openTriviaQa('Which river flows through Vienna?', 'Danube', 'Danube', 'Rhine'));
    await run(['import', folder, '--topic', 'rivers', '--language', 'en-GB'], env);
    const { json } = await runJson(['questions', 'list', '--json'], env);
    expect((json as { topics: unknown[] }).topics).toContainEqual({
      topic: 'rivers',
      language: 'en-GB',
      count: 2,
    });
    const wrong = await run(['import', folder, '--topic', 'My Rivers'], env);
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  });
});

test('[C36] import takes every format, by what the file says or by what it is told, and names a source for all', async () => {
  const gift = await write(
    'rivers',
    'Which river flows through Cairo? {=Nile ~Rhine}\n\nMatch. {=a -> b =c -> d}\n',
  );
  const csv = await write(
    'more.csv',
    'Question;Answer;Wrong 1\nWhich river flows through Vienna?;Danube;Po\n',
  );
  const read = await runJson(
    ['import', gift, csv, '--source', 'Our club', '--licence', 'CC0-1.0', '--json'],
    env,
  );
  expect(read).toMatchObject({
    code: 0,
    json: { imported: 2, refused: [{ file: gift, line: 3, code: 'unplayable_kind' }] },
  });
  const { json } = await runJson(['questions', 'list', '--json'], env);
  expect((json as { sources: unknown[] }).sources).toContainEqual({
    name: 'Our club',
    licence: 'CC0-1.0',
    count: 2,
  });
  expect((await run(['import', gift, '--format', 'aiken'], env)).code).toBe(1);
  expect((await run(['import', gift, '--format', 'paper'], env)).code).toBe(2);
});

test('[C37] an export names on stderr what its format cannot say, and writes the rest', async () => {
  const poll = '{"text": "Tea or coffee?", "kind": "poll", "topic": "rare", "answers": ["Tea", "Coffee"]}\n';
  const choice =
    '{"text": "Which is brewed?", "topic": "rare", "answers": ["Tea", "Milk"], "correct": [0], "points": 5}\n';
  await run(['import', await write('rare.jsonl', poll, choice)], env);
  const { code, stdout, stderr } = await run(
    ['questions', 'export', '--topic', 'rare', '--format', 'gift'],
    env,
  );
  expect(code).toBe(0);
  expect(stdout).toContain('Which is brewed?');
  expect(stdout).not.toContain('Tea or coffee?');
  expect(stderr).toContain('gift cannot say 1 question of kind poll');
  expect(stderr).toContain('gift does not carry the points of 1 question');
});

test('[C38] questions generate writes as many as were asked for, the same for the same seed, and they can be imported', async () => {
  const generate = (...more: readonly string[]) =>
    run(['questions', 'generate', '--count', '30', ...more], env);
  const first = await generate('--seed', 'evening', '--format', 'csv');
  expect(first.code).toBe(0);
  expect((await generate('--seed', 'evening', '--format', 'csv')).stdout).toBe(first.stdout);
  const { json } = await runJson(['import', await write('fresh.csv', first.stdout), '--json'], env);
  expect(json).toMatchObject({ imported: 30, merged: 0, refused: [] });
  const few = await run(['questions', 'generate', '--count', '100000', '--topic', 'nature'], env);
  expect(few.code).toBe(1);
  expect(few.stderr).toContain('The facts gave');
  const none = await generate('--topic', 'chess');
  expect([none.code, none.stdout]).toEqual([2, '']);
});

test('[C39] a reported question is listed with what was written, and comes back or goes for good', async () => {
  const { bank, close } = openBankFile(env.DATA_DIR);
  const [first, second] = [...bank.questions({})];
  const flag = (question: NonNullable<typeof first>, note: string) =>
    bank.vote({
      player: new Uint8Array(32),
      question: question.id,
      vote: 'flag',
      note,
      latencyMs: 900,
      at: 1,
    });
  if (!first || !second) throw new Error('no questions');
  flag(first, 'It is the other one.');
  flag(second, '');
  close();
  const listed = await run(['questions', 'flagged'], env);
  expect(listed.stdout).toContain('“It is the other one.”');
  expect((await runJson(['questions', 'flagged', '--json'], env)).json).toHaveLength(2);
  expect((await run(['questions', 'settle', first.id, 'keep'], env)).code).toBe(0);
  expect((await run(['questions', 'settle', second.id, 'retire'], env)).code).toBe(0);
  expect((await run(['questions', 'flagged'], env)).stdout).toContain('No question is reported.');
  const ids = (
    (await runJson(['questions', 'list', '--topic', first.topic, '--json'], env)).json as { id: string }[]
  ).map(({ id }) => id);
  expect(ids).toContain(first.id);
  expect(ids).not.toContain(second.id);
  const none = await run(['questions', 'settle', 'aaaaaaaaaaaaaaaa', 'keep'], env);
  expect([none.code, none.stderr.includes('There is no question')]).toEqual([2, true]);
});

test('[C31] a contradiction with the bank is refused where it stands', async () => {
  const block = (right: string) => openTriviaQa('Which river flows through Cairo?', right, 'Nile', 'Amazon');
  await run(['import', await write('good', block('Nile'))], env);
  const bad = await write('bad', openTriviaQa('Which is a river?', 'Nile', 'Nile', 'Etna'), block('Amazon'));
  const { json } = await runJson(['import', bad, '--json'], env);
  expect(json).toMatchObject({ imported: 1, refused: [{ file: bad, line: 6, code: 'contradiction' }] });
});

describe('[C33] questions list and export', () => {
  test('a fresh bank holds the starter questions', async () => {
    await run(
      [
        'import',
        await write('a', openTriviaQa('Which river?', 'Nile', 'Nile', 'Amazon')),
        '--topic',
        'rivers',
      ],
      env,
    );
    const { stdout } = await run(['questions', 'list'], env);
    expect(stdout).toContain(`${starterQuestions().length + 1} questions`);
    expect((await run(['questions', 'list', '--topic', 'rivers'], env)).stdout).toContain('Which river?');
  });

  test('one topic in every format', async () => {
    const block = openTriviaQa('Which river?', 'Nile', 'Nile', 'Amazon');
    await run(['import', await write('a', block), '--topic', 'rivers'], env);
    for (const format of ['csv', 'gift', 'aiken', 'opentdb', 'opentriviaqa', 'jsonl']) {
      const { code, stdout } = await run(
        ['questions', 'export', '--topic', 'rivers', '--format', format],
        env,
      );
      expect({ format, code }).toEqual({ format, code: 0 });
      expect(stdout).toContain('Which river?');
      expect(stdout.match(/Which|What|Who/g)).toHaveLength(1);
    }
  });

  test('without a data folder they say what to do and make none', async () => {
    const { code, stderr } = await run(['questions', 'list'], env);
    expect(code).toBe(2);
    expect(stderr).toContain('fairground start');
    expect((await run(['questions', 'list'], env)).code).toBe(2);
  });
});

test('[C34] what was exported as jsonl is exported the same after an import elsewhere', async () => {
  await run(['import', await write('rivers', openTriviaQa('Which river?', 'Nile', 'Nile', 'Amazon'))], env);
  const exported = (await run(['questions', 'export'], env)).stdout;
  const lines = exported
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(lines).toHaveLength(starterQuestions().length + 1);
  const english = lines.find((line) => !('language' in line));
  expect(Object.keys(english ?? {})).toEqual([
    'id',
    'topic',
    'kind',
    'text',
    'answers',
    'correct',
    'explanation',
    'source',
    'quality',
  ]);
  const elsewhere = { DATA_DIR: join(folder, 'elsewhere') };
  await run(['import', await write('all.jsonl', exported)], elsewhere);
  expect((await run(['questions', 'export'], elsewhere)).stdout).toBe(exported);
});
