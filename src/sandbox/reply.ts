/** An answer that sends the browser elsewhere. */
export class Redirect {
  constructor(readonly location: string) {}
}

/** An answer that is a file. */
export class Download {
  constructor(
    readonly filename: string,
    readonly bytes: Buffer,
  ) {}
}
