/** Where the built page is: beside the bundle of the server, also where it runs from its source. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export function pageFolder(): string {
  const here = import.meta.dirname
  const beside = join(here, 'web')
  return existsSync(beside) ? beside : join(here, '..', '..', '..', 'dist', 'web')
}
