/** An end that a person can do something about: its message goes to stderr without a stack. */
export class CommandFailure extends Error {
  readonly exitCode: 1 | 2;
  /** 1: the answer is no. 2: it could not be found out. */
  constructor(message: string, exitCode: 1 | 2 = 2) {
    super(message);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}
