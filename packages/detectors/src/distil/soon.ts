/** Lets signals and timers have their turn, though all that is awaited may be there already. */
export function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
