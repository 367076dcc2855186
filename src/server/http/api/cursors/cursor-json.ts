/** A cursor as the API has it: absent fields are as in the native protocol. */
import type { ListedCursor } from '../../../../codec/codec.ts'
import { cursorFields } from '../../../../codec/native/encoding.ts'

export const cursorJson = (cursor: ListedCursor): object => cursorFields(cursor)
