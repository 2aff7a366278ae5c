/** A promise that was not kept. */
export class Broken extends Error {
  /** Of docs/spec/chaos.md. */
  readonly rule: string;

  constructor(rule: string, message: string) {
    super(`[${rule}] ${message}`);
    this.name = 'Broken';
    this.rule = rule;
  }
}
