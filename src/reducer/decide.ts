/**
 * decide: the events that follow from an input in a state. Pure and total: a bad input becomes `rejected`, for its
 * session alone. A numbered command is performed at most once; its result is kept with the session (docs/spec.md, D3).
 */
import type { Event, EventOf } from '../model/event.ts'
import { type Input, isKnown } from '../model/input.ts'
import type { Session, State } from '../model/state.ts'
import { decideCredential, decideRehash, decideWithdraw } from './accounts/credentials.ts'
import { decideTick } from './accounts/expiry.ts'
import {
  decideAccountAdd,
  decideAccountErased,
  decideAccountRemove,
  decideAccountRename,
  decideAccountReset,
} from './accounts/hosting.ts'
import { decideInvite, decideUninvite } from './accounts/invites.ts'
import { decideCarryPush, decidePush, decidePushGone, decideUnpush } from './accounts/pushes.ts'
import { decideRegister } from './accounts/registering.ts'
import { decideLogout } from './accounts/signing-out.ts'
import { decideCursorClaim } from './cursors/claiming.ts'
import { decideCursorLeave, decideCursorMove, decideCursorRemove, decideCursorSet } from './cursors/moving.ts'
import { withTurns } from './cursors/turns.ts'
import { decideFormat, isInForce } from './format.ts'
import { decideFilter, decideUnfilter } from './keeping/messages/filters.ts'
import { decideDrop, decideRelease } from './keeping/messages/holding.ts'
import { decideIgnore } from './keeping/messages/ignoring.ts'
import { decidePurge, decidePurged } from './keeping/messages/purging.ts'
import { decideRole } from './keeping/rooms/granting.ts'
import { decideAdmit, decideMode } from './keeping/rooms/modes.ts'
import { decideCarry, decideMatch, decideSpent, withoutText } from './keeping/sanctions/matching.ts'
import { decideLift, decideRestrict, decideRestrictNetwork } from './keeping/sanctions/sanctions.ts'
import { decideFinish, decideGrow } from './lives/growing.ts'
import { withInterrupted } from './lives/interrupting.ts'
import { may } from './may.ts'
import { decideEdit, decideShowEdit } from './messages/editing.ts'
import { decideFilesErased, decideFilesForgotten, decideUpload } from './messages/files.ts'
import { decidePicture } from './messages/pictures.ts'
import { decidePin } from './messages/pinning.ts'
import { decideReact } from './messages/reacting.ts'
import { decideAnswer } from './questions/answering.ts'
import { questionAsked } from './questions/asking.ts'
import { decideClose } from './questions/closing.ts'
import { decideHand } from './questions/hands.ts'
import { decideHello, decideResume } from './rules/entering.ts'
import { decideRoomRemove } from './rules/founding.ts'
import { decideGrant, decidePost, decideRevoke } from './rules/grants.ts'
import { decideForward, decideHook, decideRotate, decideUnhook } from './rules/hooks.ts'
import { decideLost } from './rules/leaving.ts'
import { sessionOf } from './rules/lookup.ts'
import { decideAway, decideDelete, decideKick, decideNick, decideQuit, decideTell } from './rules/member.ts'
import { decideDown, decideStarted, decideStopped, isFenced } from './rules/nodes.ts'
import { decideRead } from './rules/reads.ts'
import { refuse } from './rules/refuse.ts'
import { decideJoin, decidePart, decideSay, decideTopic } from './rules/room.ts'

export function decide(state: State, input: Input): readonly Event[] {
  const events = isFenced(state, input) ? refuse({ ...input, n: null }, 'storage') : decideAny(state, input)
  return withoutText(state, input, withTurns(state, input.type === 'tick', withInterrupted(state, events)))
}

function decideAny(state: State, input: Input): readonly Event[] {
  // A program that knows only the rules of this format takes it for a command that it doesn't know.
  if (!isInForce(state, input)) return decideCommand(state, input as CommandInput)
  switch (input.type) {
    case 'hello':
      return decideHello(state, input)
    case 'resume':
      return decideResume(state, input)
    case 'lost':
      return decideLost(state, input)
    case 'tick':
      return decideTick(state)
    case 'started':
      return decideStarted(state, input)
    case 'stopped':
      return decideStopped(state, input)
    case 'down':
      return decideDown(state, input)
    case 'grant':
      return decideGrant(state, input)
    case 'revoke':
      return decideRevoke(state, input)
    case 'post':
      return decidePost(state, input)
    case 'hook':
      return decideHook(state, input)
    case 'unhook':
      return decideUnhook(state, input)
    case 'forward':
      return decideForward(state, input)
    case 'rotate-hook':
      return decideRotate(state, input)
    case 'format':
      return decideFormat(state, input)
    case 'rehash':
      return decideRehash(state, input)
    case 'push-gone':
      return decidePushGone(state, input)
    case 'carry-push':
      return decideCarryPush(state, input)
    case 'account-add':
      return decideAccountAdd(state, input)
    case 'account-reset':
      return decideAccountReset(state, input)
    case 'account-rename':
      return decideAccountRename(state, input)
    case 'account-remove':
      return decideAccountRemove(state, input)
    case 'account-erased':
      return decideAccountErased(state, input)
    case 'invite':
      return decideInvite(state, input)
    case 'uninvite':
      return decideUninvite(state, input)
    case 'room-remove':
      return decideRoomRemove(state, input)
    case 'match':
      return decideMatch(state, input)
    case 'carry':
      return decideCarry(state, input)
    case 'spent':
      return decideSpent(state, input)
    case 'purged':
      return decidePurged(state, input)
    case 'show-edit':
      return decideShowEdit(state, input)
    case 'upload':
      return decideUpload(state, input)
    case 'files-erased':
      return decideFilesErased(state, input)
    case 'files-forgotten':
      return decideFilesForgotten(state, input)
    default:
      return decideCommand(state, input)
  }
}

/** Inputs of a session after it entered, numbered or not. */
export type CommandInput = Exclude<
  Input,
  {
    type:
      | ('hello' | 'resume' | 'lost' | 'tick' | 'started' | 'stopped' | 'down' | 'format')
      | ('grant' | 'revoke' | 'post' | 'hook' | 'unhook' | 'forward' | 'rotate-hook')
      | ('rehash' | 'account-add' | 'account-reset' | 'account-rename' | 'account-remove')
      | ('account-erased' | 'invite' | 'uninvite' | 'room-remove')
      | ('match' | 'carry' | 'spent' | 'purged' | 'show-edit' | 'push-gone' | 'carry-push')
      | ('upload' | 'files-erased' | 'files-forgotten')
  }
>

/** Commands that moderate, change a message, or answer it: a program with a token may give them, too. */
const KEEPING: ReadonlySet<CommandInput['type']> = new Set([
  ...(['kick', 'restrict', 'restrict-network', 'lift', 'role', 'mode', 'filter', 'unfilter'] as const),
  ...(['admit', 'purge', 'release', 'drop', 'delete'] as const),
  ...(['edit', 'react', 'pin', 'answer', 'close', 'hand', 'grow', 'finish'] as const),
  ...(['cursor-claim', 'cursor-move', 'cursor-leave', 'cursor-set', 'cursor-remove'] as const),
])

const isKeeping = ({ type }: CommandInput): boolean => KEEPING.has(type)

function decideCommand(state: State, input: CommandInput): readonly Event[] {
  if (!may(state, input.session, isKeeping(input) ? 'keep-order' : 'command')) return refuse(input, 'not-entered')
  const session = sessionOf(state, input.session)
  if (session && input.n !== null && input.n <= session.last) return [answerAgain(session, input.n)]
  // A newer program, which knows the type, writes it only under a format that this one doesn't fold (docs/spec.md, R9).
  const events = isKnown(input) && isInForce(state, input) ? perform(state, input) : refuse(input, 'internal')
  const last = events.at(-1)?.type
  // The result of an edit comes when it's shown.
  if (input.n === null || last === 'rejected' || last === 'editing') return events
  return [...events, { type: 'done', session: input.session, n: input.n, ...questionAsked(state, input) }]
}

function perform(state: State, input: CommandInput): readonly Event[] {
  switch (input.type) {
    case 'say':
      return decideSay(state, input)
    case 'tell':
      return decideTell(state, input)
    case 'join':
      return decideJoin(state, input)
    case 'part':
      return decidePart(state, input)
    case 'topic':
      return decideTopic(state, input)
    case 'nick':
      return decideNick(state, input)
    case 'away':
      return decideAway(state, input)
    case 'kick':
      return decideKick(state, input)
    case 'quit':
      return decideQuit(state, input)
    case 'delete':
      return decideDelete(state, input)
    case 'register':
      return decideRegister(state, input)
    case 'credential':
      return decideCredential(state, input)
    case 'withdraw':
      return decideWithdraw(state, input)
    case 'logout':
      return decideLogout(state, input)
    case 'push':
      return decidePush(state, input)
    case 'unpush':
      return decideUnpush(state, input)
    case 'read':
      return decideRead(state, input)
    case 'restrict':
      return decideRestrict(state, input)
    case 'restrict-network':
      return decideRestrictNetwork(state, input)
    case 'lift':
      return decideLift(state, input)
    case 'role':
      return decideRole(state, input)
    case 'mode':
      return decideMode(state, input)
    case 'filter':
      return decideFilter(state, input)
    case 'unfilter':
      return decideUnfilter(state, input)
    case 'admit':
      return decideAdmit(state, input)
    case 'purge':
      return decidePurge(state, input)
    case 'release':
      return decideRelease(state, input)
    case 'drop':
      return decideDrop(state, input)
    case 'ignore':
      return decideIgnore(state, input)
    case 'edit':
      return decideEdit(state, input)
    case 'react':
      return decideReact(state, input)
    case 'pin':
      return decidePin(state, input)
    case 'picture':
      return decidePicture(state, input)
    case 'answer':
      return decideAnswer(state, input)
    case 'close':
      return decideClose(state, input)
    case 'hand':
      return decideHand(state, input)
    case 'cursor-claim':
      return decideCursorClaim(state, input)
    case 'cursor-move':
      return decideCursorMove(state, input)
    case 'cursor-leave':
      return decideCursorLeave(state, input)
    case 'cursor-set':
      return decideCursorSet(state, input)
    case 'cursor-remove':
      return decideCursorRemove(state, input)
    case 'grow':
      return decideGrow(state, input)
    case 'finish':
      return decideFinish(state, input)
  }
}

/**
 * Answers a number that was used before. Numbers are used in order. So a number in the range of the kept results that
 * isn't among them was refused at ingress, which journals nothing. If all results so far are kept, that also holds for
 * a number before the first of them.
 */
export function answerAgain(session: Session, n: number): EventOf<'repeated' | 'rejected'> {
  const result = session.results.find(n)
  if (result) return { type: 'repeated', session: session.id, result }
  const oldest = session.results.oldest?.n ?? session.last
  const isRefused = session.results.isAll || n > oldest
  const code = isRefused ? 'number-refused' : 'number-forgotten'
  return { type: 'rejected', session: session.id, n, code, detail: '' }
}
