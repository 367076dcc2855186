/** A password from a file, so that it doesn't appear in the list of processes. */
import { readFileSync } from 'node:fs'
import { PASSWORD_MAX_CHARS } from '../../model/limits.ts'
import { withoutBom } from '../../model/text.ts'
import { UsageError } from './usage.ts'

/** The first line of the file. Throws UsageError; no error shows the password. */
export function readPasswordFile(path: string, source: string): string {
  const [line = ''] = withoutBom(contents(path, source)).split(/\r?\n/, 1)
  return checkedPassword(line, `the first line of ${path}`)
}

export function checkedPassword(password: string, where: string): string {
  if (password.trim() === '') throw new UsageError(`There is no password in ${where}. Put one there.`)
  if (password.length <= PASSWORD_MAX_CHARS) return password
  throw new UsageError(
    `The password in ${where} is longer than ${PASSWORD_MAX_CHARS} characters. Choose a shorter one.`,
  )
}

function contents(path: string, source: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = { ENOENT: 'is not there', EACCES: 'cannot be read by this user', EISDIR: 'is a directory' }[code ?? '']
    throw new UsageError(`${source}: ${path} ${why ?? `cannot be read: ${message}`}.`)
  }
}
