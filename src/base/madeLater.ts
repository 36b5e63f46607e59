/** A table that is made when somebody first looks into it, and looks like one that is there. */
export function madeLater<T extends object>(make: () => T): T {
  let made: T | undefined;
  const table = () => (made ??= make());
  return new Proxy({} as T, {
    get: (_, key) => Reflect.get(table(), key) as unknown,
    has: (_, key) => Reflect.has(table(), key),
    ownKeys: () => Reflect.ownKeys(table()),
    getOwnPropertyDescriptor: (_, key) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(table(), key);
      // The proxy's own object has none of them, and what is fixed must be there.
      return descriptor && { ...descriptor, configurable: true };
    },
  });
}
