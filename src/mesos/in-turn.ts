/** Runs jobs one after the other, in the order of asking; a job that fails does not hold up the next. */
export type InTurn = <T>(job: () => Promise<T>) => Promise<T>;

export function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const mine = last.then(job);
    last = mine.catch(() => undefined); // its caller has the error
    return mine;
  };
}
