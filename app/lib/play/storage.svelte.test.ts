import { createSpillingStorage, openIndexedDbStorage, type Storage } from '@fairground/peer';
import { afterEach, describe, expect, it, vi } from 'vitest';

let serial = 0;
const freshName = () => `test-${Date.now()}-${serial++}`;
const same = (a: unknown, b: unknown) => a === b;

/** The bare browser, as another version of the app would use it. */
function openBare(name: string, version: number, onUpgrade: (db: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.addEventListener('upgradeneeded', () => onUpgrade(request.result));
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')));
  });
}

afterEach(() => void vi.restoreAllMocks());

describe('[D31] rows that are swapped in the browser’s database', () => {
  async function filled(): Promise<Storage> {
    const storage = await openIndexedDbStorage(freshName());
    for (const [key, value] of Object.entries({ a: 1, b: 2, z: 26 })) await storage.put('outbox', key, value);
    return storage;
  }

  it('are all taken out and put in, also under their own keys', async () => {
    const storage = await filled();
    const was = Object.entries({ a: 1, b: 2 });
    expect(await storage.swap('outbox', was, Object.entries({ b: 3, c: 4 }), same)).toBe(true);
    expect(await storage.list('outbox', '')).toEqual(Object.entries({ b: 3, c: 4, z: 26 }));
  });

  it.each([
    ['one is another now', { a: 1, b: 9 }, { c: 4 }],
    ['one is gone', { a: 1, y: 25 }, { c: 4 }],
    ['another lies in the way', { a: 1 }, { c: 4, z: 5 }],
  ])('stay as they were when %s', async (_, was, becomes) => {
    const storage = await filled();
    const rows = Object.entries<number>(was);
    expect(await storage.swap('outbox', rows, Object.entries(becomes), same)).toBe(false);
    expect(await storage.list('outbox', '')).toEqual(Object.entries({ a: 1, b: 2, z: 26 }));
  });

  it('stay as they were when one cannot be stored', async () => {
    const storage = await filled();
    const swapping = storage.swap('outbox', [['a', 1]], [['c', () => {}]], same);
    await expect(swapping).rejects.toThrow('could not be cloned');
    expect(await storage.list('outbox', '')).toEqual(Object.entries({ a: 1, b: 2, z: 26 }));
  });

  it('are added by one of two pages', async () => {
    const name = freshName();
    const pages = await Promise.all([openIndexedDbStorage(name), openIndexedDbStorage(name)]);
    const added = await Promise.all(pages.map((page, n) => page.add('outbox', 'a', n)));
    expect(added.filter(Boolean)).toHaveLength(1);
  });
});

describe('[D42] the browser’s database', () => {
  it('is let go for a newer version of the app, and used on as that left it', async () => {
    const name = freshName();
    const older = await openIndexedDbStorage(name);
    await older.put('outbox', 'a', 1);
    const newer = await openBare(name, 4, (db) => db.createObjectStore('new'));
    expect(await older.get('outbox', 'a')).toBe(1);
    await older.put('outbox', 'b', 2);
    expect(await older.list('outbox', '')).toHaveLength(2);
    newer.close();
    const later = await openIndexedDbStorage(name);
    expect(await later.list('outbox', '')).toHaveLength(2);
  });

  it('is opened again when the browser has closed it', async () => {
    const storage = await openIndexedDbStorage(freshName());
    await storage.put('outbox', 'a', 1);
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    transaction.mockImplementationOnce(() => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    });
    expect(await storage.get('outbox', 'a')).toBe(1);
    expect(transaction).toHaveBeenCalledTimes(2);
  });

  it('is given up when an older page does not let go', async () => {
    const name = freshName();
    const older = await openBare(name, 2, () => {});
    await expect(openIndexedDbStorage(name, 50)).rejects.toThrow('does not let go');
    older.close();
  });

  it('is given up when it lacks our tables', async () => {
    const name = freshName();
    (await openBare(name, 9, (db) => db.createObjectStore('foreign'))).close();
    await expect(openIndexedDbStorage(name)).rejects.toThrow('lacks tables');
  });
});

describe('[D46] pages of one device', () => {
  it('hear of rows that another one has changed, not of their own', async () => {
    const name = freshName();
    const [one, two] = await Promise.all([openIndexedDbStorage(name), openIndexedDbStorage(name)]);
    const heard: string[][] = [[], []];
    const stops = [one, two].map((page, n) => page.watch('outbox', (key) => heard[n]?.push(key)));
    await one.add('outbox', 'a', 1);
    await one.swap('outbox', [['a', 1]], [['b', 2]], same);
    await one.put('logs', 'x', 1);
    await expect.poll(() => heard[1]).toEqual(['a', 'a', 'b']);
    expect(heard[0]).toEqual([]);
    stops.forEach((stop) => stop());
  });
});

describe('[D34] a browser that keeps nothing more', () => {
  it('keeps a row in the page, and says so', async () => {
    const device = await openIndexedDbStorage(freshName());
    const storage = createSpillingStorage(device);
    await storage.put('logs', 'old', 1);
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(await storage.add('outbox', 'a', 1)).toBe(true);
    expect([storage.isKept('outbox', 'a'), await storage.get('outbox', 'a')]).toEqual([false, 1]);
    expect(await storage.list('logs', '')).toEqual([]);
    add.mockRestore();
    expect(await storage.add('outbox', 'b', 2)).toBe(true);
    expect([storage.isKept('outbox', 'b'), await device.list('outbox', '')]).toEqual([true, [['b', 2]]]);
  });
});
