import { main } from './main.ts'

main(process.argv.slice(2), process.env).then(
  code => {
    process.exitCode = code
    process.stdin.destroy()
  },
  (error: unknown) => {
    process.stderr.write(`rxchat: ${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  },
)
