import { UsageError } from '../config/usage.ts'
import { guardOutput } from '../terminal/output.ts'
import { main } from './main.ts'

guardOutput('rxchat')

main(process.argv.slice(2), process.env).then(
  code => {
    process.exitCode = code
    process.stdin.destroy()
  },
  (error: unknown) => {
    const isUsage = error instanceof UsageError
    process.stderr.write(`rxchat: ${isUsage ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(isUsage ? 2 : 1)
  },
)
