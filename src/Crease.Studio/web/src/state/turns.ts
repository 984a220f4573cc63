let last: Promise<unknown> = Promise.resolve();

/** Small jobs one after another, so that they do not crowd the server. */
export function inTurn<T>(job: () => Promise<T>): Promise<T> {
  const next = last.then(job, job);
  last = next.catch(() => undefined);
  return next;
}
