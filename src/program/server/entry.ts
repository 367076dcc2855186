import { guardOutput } from '../terminal/output.ts'
import { goesOn, main } from './main.ts'

guardOutput('rxchat-server', goesOn)

main(process.argv.slice(2), process.env)
