/**
 * The host's console. On a terminal, the prompt stays below the events, as in the original's transcript. In a pipe,
 * each line is answered in order, and the end of the input doesn't stop the server. While the server is cut off from its
 * log, no line waits for the one before.
 */
import { pastLines } from '../../../codec/past-lines.ts'
import { errorText } from '../../../model/error.ts'
import { INPUT_LINE_MAX_BYTES } from '../../../model/limits.ts'
import { withoutKey } from '../../../model/slash/modes.ts'
import { withoutSecrets } from '../../../model/slash.ts'
import { unfinished } from '../../../server/jobs/erasures.ts'
import { localTime } from '../../../system/time-of-day.ts'
import { systemClock } from '../../../transport/clock.ts'
import { type JobControl, jobControl } from '../../../tui/stage/job-control.ts'
import { forgetSecrets } from '../../terminal/forget-secrets.ts'
import { readLines } from '../../terminal/input-lines.ts'
import { createDumbPrompt, createPrompt, isDumb, type Prompt } from '../../terminal/prompt.ts'
import { type BannerFacts, banner, codeLines, pageLink } from '../start/banner.ts'
import { qrLines } from '../start/qr.ts'
import { boundedOutput, droppedSentence } from './bounded-output.ts'
import { runLine } from './commands/commands.ts'
import { completeCommand } from './commands/completion.ts'
import { unfinishedLines } from './erasure-lines.ts'
import { createHost, type Display, type Host, type HostedServer, linkShownOnce, shownOnce } from './host.ts'
import { oneByOne } from './line-queue.ts'
import { settledOrCutOff } from './settled.ts'
import { STOP_WARNING, tellingTheRoom } from './suspension.ts'
import { changesUsers, transcript } from './transcript.ts'
import { UserListing } from './user-listing.ts'

export type Console = {
  /** Starts reading commands. */
  readonly open: (at: BannerFacts) => void
  /** Writes a log line, if the log goes to the same terminal. */
  readonly log: (text: string) => unknown
  readonly close: () => void
}

type ConsoleStreams = Pick<NodeJS.Process, 'stdin' | 'stdout'>

/** `exit` stops the server. `quiet`: no events are shown, only answers to the host. */
export function openConsole(
  server: HostedServer,
  { stdin, stdout }: ConsoleStreams,
  exit: () => void,
  quiet = false,
): Console {
  const drawn = stdin.isTTY === true && stdout.isTTY === true
  let closing = false
  let lines: { readonly close: () => void } | null = null
  const write = boundedOutput(stdout, dropped => `${droppedSentence(dropped)}\n`)
  let show = (shown: readonly string[], asked = false): void => write(`${shown.join('\n')}\n`, asked)
  let listening: BannerFacts | null = null
  let stopping: JobControl | null = null
  const display: Display = {
    print: line => show([line], true),
    showWide: lines => show(lines((drawn && stdout.columns) || Number.POSITIVE_INFINITY), true),
    showFound: found => show(pastLines(found, host.stamp), true),
    showSecret: (what, secret, more) => show(shownOnce(what, secret, more), true),
    // A script wants the link alone.
    showLink: (what, link) => show(linkShownOnce(what, link, drawn ? qrLines(link, false) : []), true),
    showCode: () => show(listening ? codeLines(pageLink(listening), false) : [], true),
  }
  const host: Host = createHost(server, display, () => listening, exit)
  const spaced = (lines: readonly string[]): readonly string[] => (drawn && lines.length > 0 ? ['', ...lines] : lines)
  const users = new UserListing(shown => show(spaced(shown)), systemClock.alarm)
  server.delivered$.subscribe(steps => {
    const shown: string[] = []
    if (!quiet) for (const step of steps) shown.push(...transcript(step, localTime, drawn, server.isOwn(step)))
    const last = quiet ? undefined : steps.findLast(changesUsers)
    if (last) shown.push(...spaced(users.changed(last.after, server.isOwn(last))))
    if (shown.length > 0) show(shown)
  })
  // The server continues if the reader of its output goes away.
  stdout.on('error', () => {})

  function openDrawn(): { readonly close: () => void } {
    let warned = false
    const onStop = (): void => {
      if (warned) prompt.suspend()
      else show([STOP_WARNING])
      warned = !warned
    }
    const around = tellingTheRoom(server)
    const prompt: Prompt = isDumb(process.env)
      ? createDumbPrompt(stdin, stdout, around)
      : createPrompt(
          stdin,
          stdout,
          () => `[${localTime(Date.now())}] Host > `,
          line => completeCommand(line, host.state()),
          onStop,
          around,
        )
    show = prompt.show
    show([])
    prompt.lines.on('line', line => {
      warned = false
      forgetSecrets(prompt.lines, line, typed => withoutKey(withoutSecrets(typed)))
      runLine(host, line)
      show([])
    })
    prompt.lines.on('SIGINT', exit)
    // Ctrl-D. The message keeps the host from thinking that the server has stopped.
    prompt.lines.once('close', () => {
      if (!closing) stdout.write('The console is closed, but the server keeps running. Ctrl-C stops it.\n')
    })
    return prompt.lines
  }

  function openPiped(): { readonly close: () => void } {
    stopping = jobControl(tellingTheRoom(server))
    const answer = oneByOne(
      line => runLine(host, line),
      done => settledOrCutOff(server, done),
    )
    return readLines(
      stdin,
      INPUT_LINE_MAX_BYTES,
      ({ text, cut, broken }) => {
        if (broken) return show([errorText('not-utf8')])
        if (cut) return show([errorText('line-too-long', `${INPUT_LINE_MAX_BYTES} bytes`)])
        answer(text)
      },
      () => {},
    )
  }

  return {
    open(at) {
      listening = at
      write(`${[...banner(at), ...unfinishedLines(unfinished(host.state()))].join('\n')}\n`)
      lines = drawn ? openDrawn() : openPiped()
    },
    log: text => (drawn ? show([text.trimEnd()]) : process.stderr.write(text)),
    close() {
      closing = true
      users.close()
      lines?.close()
      stopping?.dispose()
      stdin.destroy()
    },
  }
}
