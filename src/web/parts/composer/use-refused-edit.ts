/** An edit that was refused, or whose outcome is unknown, is begun again with its text: no text is lost. */
import { useEffect, useRef } from 'react'
import { messageOf } from '../../../client/chat/messages/fetched.ts'
import type { Chat, Trouble } from '../../../client/chat/state.ts'
import type { Mode } from './use-modes.ts'

export function useRefusedEdit(
  chat: Chat,
  mode: Mode | null,
  edit: (seq: number, was: string, text: string) => void,
): void {
  const seen = useRef<Trouble | null>(null)
  const { trouble, where } = chat
  useEffect(() => {
    if (!trouble || seen.current === trouble || trouble.where !== where) return
    seen.current = trouble
    const { asked } = trouble
    if (asked?.type !== 'edit' || asked.seq === null || mode !== null) return
    const said = messageOf(chat, asked.seq)
    edit(asked.seq, typeof said === 'object' ? (said.text ?? '') : '', asked.text)
  })
}
