/** The browser's two storages. They can be full or forbidden. Then nothing is stored, and the page still works. */

/** Belongs to one tab, and survives its reload. */
export const ofTab = (): Storage => sessionStorage
/** Belongs to the server's origin, in all tabs. */
export const ofSite = (): Storage => localStorage

export function read<T>(storage: () => Storage, key: string): T | null {
  try {
    return JSON.parse(storage().getItem(key) ?? 'null') as T | null
  } catch {
    return null
  }
}

/** Null removes it. */
export function write(storage: () => Storage, key: string, value: unknown): void {
  try {
    if (value === null) storage().removeItem(key)
    else storage().setItem(key, JSON.stringify(value))
  } catch {
    // As above.
  }
}
