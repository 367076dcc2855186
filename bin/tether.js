// The program's side of older-node.js: a pipe to the launcher, on the file descriptor that RXCHAT_LAUNCHER_FD names.
// A program that wants to know listens to `launcher-gone`; any other one gets SIGTERM. Down the pipe come the names of
// the signals that the launcher got. A key at the terminal, `timeout` and systemd signal the whole process group, so that
// the program has had the signal already, and only one that it has not had is raised. Up the pipe goes a line for each
// SIGCONT. The pipe's end is the launcher's end, and the program's too. Limit: a program in an endless loop notices
// neither.
import { Socket } from 'node:net'
import { constants } from 'node:os'

const settling = 10 // ms in which a signal to the group arrives here too, if it is one
const memory = 2000 // ms that the launcher may lag behind
const patience = 3000 // ms that the program has to shut down once the launcher is gone

let received = [] // signals that came by themselves, as { signal, at }
let continuedAt = 0n // nanoseconds of the system's clock, which is the launcher's clock too

const emit = process.emit
process.emit = (name, ...rest) => {
  if (name in constants.signals) {
    received = received.filter(isRecent)
    received.push({ signal: name, at: performance.now() })
  }
  return emit.call(process, name, ...rest)
}
process.on('SIGCONT', () => {
  continuedAt = process.hrtime.bigint()
  received = received.filter(({ signal }) => signal !== 'SIGTSTP')
  launcher.write('SIGCONT\n')
})

const launcher = new Socket({ fd: Number(process.env.RXCHAT_LAUNCHER_FD), readable: true, writable: true })
delete process.env.RXCHAT_LAUNCHER_FD // not for workers and children of the program
launcher.setEncoding('utf8').on('data', listen).on('error', ignore).on('close', endWithLauncher).unref()

let unfinished = ''
function listen(text) {
  const lines = (unfinished + text).split('\n')
  unfinished = lines.pop()
  // The immediate follows a poll: a signal that came before the timer was due has been emitted by then.
  for (const line of lines) setTimeout(() => setImmediate(raiseIfNew, ...line.split(' ')), settling).unref()
}

function raiseIfNew(signal, at) {
  if (at && continuedAt > BigInt(at)) return // as in the kernel, to continue voids every stop before it
  const twin = received.findIndex(one => one.signal === signal && isRecent(one))
  if (twin < 0) raise(signal)
  else received.splice(twin, 1)
}

// Calls the program's own listeners; without any, the signal has its default effect.
function raise(signal) {
  if (!emit.call(process, signal, signal, constants.signals[signal])) process.kill(process.pid, signal)
}

function endWithLauncher() {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), patience).unref()
  if (!emit.call(process, 'launcher-gone')) raise('SIGTERM')
}

function isRecent({ at }) {
  return performance.now() - at < memory
}

function ignore() {}
