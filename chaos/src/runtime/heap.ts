/** A binary heap: the least one first. */
export interface Heap<T> {
  push(item: T): void;
  peek(): T | undefined;
  pop(): T | undefined;
}

export function createHeap<T>(compare: (a: T, b: T) => number): Heap<T> {
  const items: T[] = [];
  const isLess = (a: T | undefined, b: T | undefined) =>
    a !== undefined && b !== undefined && compare(a, b) < 0;
  const swap = (i: number, j: number) => {
    const [a, b] = [items[i], items[j]];
    if (a === undefined || b === undefined) return;
    items[i] = b;
    items[j] = a;
  };

  function rise(from: number): void {
    for (let i = from; i > 0;) {
      const parent = (i - 1) >> 1;
      if (!isLess(items[i], items[parent])) return;
      swap(i, parent);
      i = parent;
    }
  }

  function sink(): void {
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      const least = isLess(items[left + 1], items[left]) ? left + 1 : left;
      if (!isLess(items[least], items[i])) return;
      swap(i, least);
      i = least;
    }
  }

  return {
    push(item) {
      items.push(item);
      rise(items.length - 1);
    },
    peek: () => items[0],
    pop() {
      const [first] = items;
      const last = items.pop();
      if (first === undefined || last === undefined || items.length === 0) return first;
      items[0] = last;
      sink();
      return first;
    },
  };
}
