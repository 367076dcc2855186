import type { Said } from '../../../client/chat/conversation/timeline.ts'
import type { Person } from '../../../client/chat/people/roles.ts'

export const authorOf = ({ from, author, account }: Said): Person => ({
  ...{ name: from, account: account === true },
  ...(author === undefined ? {} : { id: author }),
})
