/** The group of a process that leads one of its own, as `spawn` with `detached` makes it: the process and all that it has started. */

/** Sends a signal to all of the group; 0: to nobody. Returns whether there is somebody in it. */
export function signalGroup({ pid }: { readonly pid?: number | undefined }, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}
