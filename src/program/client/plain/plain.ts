/**
 * `rxchat` line by line on a terminal. The prompt stays below arriving lines. readline does history and completion,
 * with the shared command table and the names in the room.
 */
import { type ChatStore, createChatStore } from '../../../client/chat/chat-store.ts'
import { messageAt } from '../../../client/chat/conversation/timeline.ts'
import { accountDone } from '../../../client/chat/outcomes.ts'
import { ownRole } from '../../../client/chat/people/roles.ts'
import { roomOf } from '../../../client/chat/place.ts'
import { places } from '../../../client/chat/place-list.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { complete as completion } from '../../../client/input/completion.ts'
import type { Client } from '../../../client/session/connection.ts'
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import type { Status } from '../../../client/session/status.ts'
import type { View } from '../../../client/session/view.ts'
import { stampSince } from '../../../codec/past-lines.ts'
import type { Quoted } from '../../../codec/quotation.ts'
import type { LinkTo } from '../../../codec/said-lines.ts'
import { errorText } from '../../../model/error.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import type { FileWanted } from '../../../model/slash/row.ts'
import { helpLines, readTyped, withoutSecrets } from '../../../model/slash.ts'
import { flatten } from '../../../model/text.ts'
import { localDay, localTime } from '../../../system/time-of-day.ts'
import { forgetSecrets } from '../../terminal/forget-secrets.ts'
import type { StandardStreams } from '../../terminal/output.ts'
import { SIGNALLED } from '../../terminal/output.ts'
import { createDumbPrompt, createPrompt, isDumb } from '../../terminal/prompt.ts'
import type { ChatAccount } from '../account/chat-account.ts'
import { isPrompted } from '../connect/visit.ts'
import type { UploadOutcome } from '../upload/upload.ts'
import { askSecrets } from './ask-secrets.ts'
import { followRooms } from './current-room.ts'
import { withoutIgnored } from './ignored.ts'
import { inWords, notAcknowledged, outcomeUnknown, tellOutages } from './outage.ts'
import { words } from './words.ts'

/**
 * Resolves with the exit code when the chat is over. `firstRoom` null: as the server says. `site`: the server's address, for
 * links. `send` uploads a file.
 */
export function runPlain(
  client: Client,
  firstRoom: string | null,
  site: string,
  send: (client: Client, path: string) => Promise<UploadOutcome>,
  { input, output }: StandardStreams,
  accountOf: (talk: ChatStore) => ChatAccount | null = () => null,
): Promise<number> {
  client.outcome$.subscribe(({ id, is }) => {
    // The store forgets the command in its turn.
    const asked = talk.chat$.value.asked.get(id)?.asked
    const done = is === 'done' && asked ? accountDone(asked) : null
    if (done !== null) show([done])
  })
  const talk = createChatStore(client, { name: '', room: firstRoom, printsAll: true }, Date.now)
  const { chat$, go, ask } = talk
  const account = accountOf(talk)
  const roomNow = (): string => roomOf(chat$.value.where) ?? LOBBY
  let farewell: string | null = null
  let entered = false
  const { lines, show, erase, secret } = isDumb(process.env)
    ? createDumbPrompt(input, output)
    : createPrompt(
        input,
        output,
        () => `${roomNow() === LOBBY ? '' : `#${roomNow()} `}${chat$.value.view.name} > `,
        line => complete(line, chat$.value.view, roomNow()),
      )

  const isOnline = (): boolean => client.status$.value.state === 'online'

  tellOutages(client, text => {
    show([text])
    for (const { asked, state } of client.pending$.value) if (state !== 'unsent') showWaiting(asked)
  })
  followRooms(client, { chat$, go })
  withoutIgnored(client.incoming$).subscribe(({ reply, replayed }) => {
    const stamp = stampSince(Date.now(), localTime, localDay)
    // A refused hello ends the chat, and is reported then.
    if (reply.type !== 'rejected' || isOnline())
      show(words(reply, replayed ? stamp : localTime, { stamp, me: chat$.value.view.member, linkTo, find }))
    if (reply.type === 'conversations') show(unreadElsewhere(chat$.value))
  })
  client.outcome$.subscribe(outcome => {
    if (outcome.is === 'unknown') show([outcomeUnknown(outcome.asked)])
  })

  lines.on('line', line => {
    erase(line)
    forgetSecrets(lines, line, withoutSecrets)
    if (line.trim() !== '') enter(line)
    show([])
  })
  lines.on('SIGINT', () => lines.close())

  /** A message that is on the screen, or was. */
  const find = (seq: number): Quoted | undefined => messageIn(chat$.value, seq)
  const linkTo: LinkTo = path => `${site}${path}`

  function enter(line: string): void {
    const typed = readTyped(line, roomNow())
    switch (typed.type) {
      case 'help':
        return show(helpLines(typed.topic).map(line => `  ${line}`))
      case 'wrong':
        return show([errorText(typed.code, typed.detail)])
      case 'send':
        return void sendFile(typed, roomNow())
      case 'secret':
        return void askSecrets(typed, { show, ...(secret ? { secret } : {}), account })
      case 'query':
        return void client.ask(typed.query)
      case 'command': {
        const { command } = typed
        if (command.type === 'quit') {
          farewell = command.reason
          return lines.close()
        }
        ask(command)
        if (!isOnline()) showWaiting(command)
      }
    }
  }

  async function sendFile({ path, caption }: FileWanted, room: string): Promise<void> {
    const outcome = await send(client, path)
    if (!outcome.ok) return show([flatten(outcome.message)])
    ask({ type: 'say', room, text: caption ?? '', action: false, files: [outcome.file] })
  }

  /** A command that is sent once there's a connection again. */
  function showWaiting(asked: Asked): void {
    show([`(waiting) ${inWords(asked)}`])
  }

  return new Promise(resolve => {
    lines.on('close', () => {
      if (client.status$.value.state === 'ended') return
      const left = client.waiting$.value
      if (isOnline() || (entered && left === 0)) return client.leave(farewell)
      client.close()
      if (entered) show([notAcknowledged(left)])
      resolve(entered ? 6 : SIGNALLED)
    })
    client.status$.subscribe(status => {
      entered ||= status.state === 'online'
      if (status.state !== 'ended') return
      lines.close()
      // The user is asked for the password, so no sentence about flags is shown.
      if (!isPrompted(status.end)) show([lastWords(status)])
      resolve(status.end.exit)
    })
  })
}

/** Ignored members are quoted nowhere. */
function messageIn(chat: Chat, seq: number): Quoted | undefined {
  for (const { timeline } of chat.conversations.values()) {
    const said = messageAt(timeline, seq)
    if (said) return said.hidden ? undefined : { ...said, author: said.author ?? '' }
  }
  return undefined
}

const lastWords = ({ end }: Extract<Status, { state: 'ended' }>): string =>
  end.by === 'user' ? 'Goodbye.' : end.message

/** In readline's form: the matches, and the part of the line that they replace. */
function complete(line: string, view: View, room: string): [string[], string] {
  const names = view.rooms.get(room)?.members.keys() ?? []
  const { from, choices } = completion(line, { rooms: view.rooms.keys(), names, role: ownRole(view, room) })
  return [choices.map(({ text }) => text), line.slice(from)]
}

/** Unread messages in other places, from before this session. */
function unreadElsewhere(chat: Chat): readonly string[] {
  const counts = places(chat).flatMap(where => {
    const { unread = 0, mentions = 0 } = chat.conversations.get(where) ?? {}
    if (where === chat.where || unread === 0) return []
    return [`${where} ${unread}${roomOf(where) !== null && mentions > 0 ? ` (${mentions} of you)` : ''}`]
  })
  return counts.length === 0 ? [] : [`Unread: ${counts.join(', ')}`]
}
