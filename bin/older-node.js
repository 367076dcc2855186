// The launcher on a Node that is too old: it runs the command again as a child under the Node that npm installed, and
// from outside the two look like one process. The child has the terminal and the exit code; signals of a shell or of
// `kill` to the launcher reach the child. tether.js is the child's side of it.
import { execFileSync, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { isNewEnough } from './node-version.js'

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH']
const tetherFd = 3
const timeToStop = 50 // ms that the child has to leave the terminal tidy before the shell takes it back
const timeToContinue = 50 // ms that the child has to say that it has continued, before it's told to

/** The `node` package's program, in the nearest node_modules upwards that has a working one. */
export function findNode(directory) {
  const node = join(directory, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (isNewEnough(versionOf(node))) return node
  const parent = dirname(directory)
  return parent === directory ? undefined : findNode(parent)
}

function versionOf(node) {
  try {
    return execFileSync(node, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return '' // not there, or made for another machine
  }
}

export function runUnder(node) {
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, RXCHAT_LAUNCHER_FD: String(tetherFd) },
  })
  const tether = child.stdio[tetherFd]
  tether.on('error', () => {}) // the child is gone, which `exit` tells
  for (const signal of passedOn) process.on(signal, () => tether.write(`${signal}\n`))
  stopAndContinueWith(child, tether)
  child.on('exit', endLike)
}

// Ctrl-Z and `fg` reach both processes, `kill -TSTP` and `kill -CONT` perhaps only the launcher. `once`, so that the
// second SIGTSTP, sent to itself, has its default effect. The line says when the launcher heard of the stop: the child
// has perhaps been stopped and continued since. The immediate lets a SIGCONT that has come too be heard first: a stop
// that is over is not passed on.
function stopAndContinueWith(child, tether) {
  let continued
  let continuing
  let unanswered = 0 // how many SIGCONTs the launcher has had, beyond those of which the child has told
  const stop = () => {
    const line = `SIGTSTP ${process.hrtime.bigint()}\n`
    continued = false
    unanswered = 0
    setImmediate(() => continued || tether.write(line))
    setTimeout(() => setImmediate(() => continued || process.kill(process.pid, 'SIGTSTP')), timeToStop)
  }
  process.once('SIGTSTP', stop)
  tether.on('data', lines => {
    unanswered -= lines.length / 'SIGCONT\n'.length
  })
  // SIGCONT is sent as a signal, because a stopped child reads nothing. It isn't sent to a child that has had the one
  // of `fg`: late, it would undo the next stop. The immediate follows a poll, in which the child's answer is read.
  const follow = () => {
    if (continued && unanswered > 0) child.kill('SIGCONT')
    unanswered = 0
  }
  process.on('SIGCONT', () => {
    continued = true
    unanswered += 1
    clearTimeout(continuing)
    continuing = setTimeout(() => setImmediate(follow), timeToContinue)
    // To listen anew would lose a SIGTSTP that waits.
    if (!process.listenerCount('SIGTSTP')) process.once('SIGTSTP', stop)
  })
}

function endLike(code, signal) {
  if (signal === null) process.exit(code)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
  setTimeout(() => process.exit(128 + constants.signals[signal]), 1000) // for a signal that Node ignores, as SIGPIPE
}
