/** Promises to a program at compile time; `npm run lint` checks most of them. */
import type { Observable } from 'rxjs'
import { expectTypeOf, test } from 'vitest'
import type {
  Chat,
  ChatError,
  ChatEvent,
  ChatServer,
  connect,
  createServer,
  Ending,
  Page,
  Receipt,
  Room,
  Said,
  ServerTrouble,
  Since,
  Told,
  Webhook,
} from '../../src/index.ts'

test('[M7] streams and promises have the types that they carry', () => {
  expectTypeOf<Room['said$']>().toEqualTypeOf<Observable<Said>>()
  expectTypeOf<Chat['told$']>().toEqualTypeOf<Observable<Told>>()
  expectTypeOf<Chat['event$']>().toEqualTypeOf<Observable<ChatEvent>>()
  expectTypeOf<Chat['ended']>().toEqualTypeOf<Promise<Ending>>()
  expectTypeOf<Room['say']>().returns.toEqualTypeOf<Promise<Receipt>>()
  expectTypeOf<Room['history']>().returns.toEqualTypeOf<Promise<Page>>()
  expectTypeOf<Said['replayed']>().toEqualTypeOf<boolean>()
  expectTypeOf<ReturnType<typeof createServer>>().toEqualTypeOf<Promise<ChatServer>>()
  expectTypeOf<ChatServer['trouble$']>().toEqualTypeOf<Observable<ServerTrouble>>()
  expectTypeOf<ServerTrouble['error']>().toEqualTypeOf<Error>()
  expectTypeOf<Extract<ServerTrouble, { type: 'storage' }>['refused']>().toEqualTypeOf<number>()
  expectTypeOf<ChatServer['webhooks']['list']>().returns.toEqualTypeOf<readonly Webhook[]>()
})

test('[M7] a switch over events knows what each of them has', () => {
  expectTypeOf<Extract<ChatEvent, { type: 'quit' }>['cause']>().toEqualTypeOf<'quit' | 'kicked' | 'lost'>()
  expectTypeOf<Extract<ChatEvent, { type: 'said' }>>().toEqualTypeOf<Said>()
  expectTypeOf<ChatEvent['type']>().toEqualTypeOf<
    | ('said' | 'told' | 'gap' | 'entered' | 'joined' | 'parted' | 'quit' | 'renamed' | 'away' | 'topic' | 'deleted')
    | ('moderated' | 'held' | 'edited' | 'reacted' | 'pinned' | 'answered' | 'concluded' | 'hands' | 'finished')
  >()
})

test('[M7] code that would go wrong does not compile', () => {
  type Options = Parameters<typeof connect>[1]
  expectTypeOf<{ name: string }>().toExtend<Options>()
  expectTypeOf<{ room: string }>().not.toExtend<Options>()
  expectTypeOf<{ name: number }>().not.toExtend<Options>()
  expectTypeOf<{ after: number } & { since: number }>().toExtend<Since>()
  expectTypeOf<{ before: number }>().not.toExtend<Since>()
  expectTypeOf<Said>().toHaveProperty('text').toEqualTypeOf<string>()
  expectTypeOf<Exclude<Extract<ChatEvent, { text: unknown }>, { type: 'held' | 'edited' }>>().toEqualTypeOf<
    Said | Told
  >()
  expectTypeOf<ChatError['code']>().extract<'name-taken' | 'kicked' | 'unreachable'>().not.toBeNever()
  expectTypeOf<'no-such-code'>().not.toExtend<ChatError['code']>()
})
