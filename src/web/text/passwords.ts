/** Errors in a new password, shown before it's sent. */
import { chatErrorText } from '../../model/chat-errors.ts'
import { PASSWORD_MIN_CHARS } from '../../model/limits.ts'

export const isShort = (password: string): boolean => [...password].length < PASSWORD_MIN_CHARS
export const TOO_SHORT = chatErrorText('password-short', String(PASSWORD_MIN_CHARS))
export const AT_LEAST = `At least ${PASSWORD_MIN_CHARS} characters.`
