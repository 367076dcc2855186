/** Recognises the sender and reads its message: one row for each kind of sender. The first row that fits reads it. */

import { readAlerts, readOldGrafana } from './alerts.ts'
import type { Notice } from './card.ts'
import { readDiscord } from './discord.ts'
import { readGithub } from './github/github.ts'
import { isObject, type Json, textAt } from './json.ts'
import { readNtfy, readNtfyJson } from './ntfy.ts'
import { readForwarded, readOther } from './other.ts'
import type { Sent } from './sent.ts'
import { readSlack } from './slack/slack.ts'

/** Senders, as counts and answers know them. */
export const SENDERS = ['github', 'alerts', 'discord', 'slack', 'ntfy', 'json'] as const
export type Sender = (typeof SENDERS)[number]

type Row = {
  readonly sender: Sender
  readonly fits: (sent: Sent) => boolean
  readonly read: (sent: Sent) => Notice
}

const hasText = (json: Json, ...names: readonly string[]): boolean =>
  isObject(json) && names.some(name => typeof json[name] === 'string')
const hasList = (json: Json, ...names: readonly string[]): boolean =>
  isObject(json) && names.some(name => Array.isArray(json[name]))

const ROWS: readonly Row[] = [
  { sender: 'github', fits: ({ header, json }) => header('x-github-event') !== '' && isObject(json), read: readGithub },
  // Paths of Discord, and of others that speak its dialects.
  { sender: 'slack', fits: ({ topic, json }) => topic === 'slack' && isObject(json), read: readSlack },
  {
    sender: 'alerts',
    fits: ({ json }) => hasList(json, 'alerts') && hasText(json, 'status', 'groupKey', 'receiver'),
    read: readAlerts,
  },
  { sender: 'alerts', fits: ({ json }) => hasText(json, 'ruleName') && hasText(json, 'state'), read: readOldGrafana },
  { sender: 'discord', fits: ({ json }) => hasText(json, 'content') || hasList(json, 'embeds'), read: readDiscord },
  {
    sender: 'json',
    fits: ({ json }) => textAt(json, 'type') === 'said' && hasText(json, 'epoch'),
    read: readForwarded,
  },
  { sender: 'ntfy', fits: ({ json }) => hasText(json, 'topic') && !hasText(json, 'text'), read: readNtfyJson },
  {
    sender: 'slack',
    fits: ({ json }) => hasText(json, 'text') || hasList(json, 'blocks', 'attachments'),
    read: readSlack,
  },
  { sender: 'json', fits: ({ json }) => json !== null, read: readOther },
  { sender: 'ntfy', fits: () => true, read: readNtfy },
]

/** `about`: a burst is folded by it. */
export type Read = Notice & { readonly sender: Sender; readonly about: string }

export function readSent(sent: Sent): Read {
  const row = ROWS.find(one => one.fits(sent)) as Row
  const notice = row.read(sent)
  const title = notice.cards.map(({ title: one = '' }) => one).find(one => one !== '') ?? ''
  return { ...notice, sender: row.sender, about: `${row.sender} ${notice.about ?? title}`.slice(0, ABOUT_MAX) }
}

const ABOUT_MAX = 300

/** Whether a text that doesn't say that it's JSON is. A plain text in braces stays one. */
export const isKnownShape = (json: Json): boolean =>
  hasText(json, 'text', 'content', 'topic', 'ruleName') || hasList(json, 'blocks', 'attachments', 'embeds', 'alerts')
