/** Takes up a new version of a file, such as a certificate, while the server runs. */
import { DataError } from '../../../journal/data-error.ts'
import { UsageError } from '../../config/usage.ts'
import { type LogLine, notRenewed } from '../log/line.ts'

/** If the new one can't be read, the old one stays, and the log reports it. */
export const renewingWith =
  (log: (line: LogLine) => void) =>
  (what: string, renew: () => void): void => {
    try {
      renew()
    } catch (error) {
      if (!(error instanceof DataError || error instanceof UsageError)) throw error
      log(notRenewed(what, error))
    }
  }
