/** Prints the result of each call of a client; the test compares it with the expected one. */
export const base = (globalThis as unknown as { process: { argv: string[] } }).process.argv[2]!;

let requests = 0;

// All requests of both clients use this function.
const send = globalThis.fetch;
globalThis.fetch = (input, init) => {
  requests++;
  return send(input, init);
};

export async function show(name: string, call: () => Promise<unknown>): Promise<void> {
  console.log(`${name}: ${JSON.stringify(await call())}`);
}

export function end(client: string): void {
  console.log(`${client}: ${requests} requests`);
}

/** Gets the value that a response must have. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) {
    throw new Error('The answer lacks a value.');
  }

  return value;
}
