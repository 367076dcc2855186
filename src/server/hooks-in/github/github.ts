/**
 * GitHub's webhooks, and those of Gitea and Forgejo, which send the same header. Events that aren't in the tables have one
 * line. https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
import type { Card, Notice } from '../card.ts'
import { isObject, type JsonObject, objectAt, textAt } from '../json.ts'
import type { Sent } from '../sent.ts'
import { CODE_EVENTS } from './code-events.ts'
import type { EventReader } from './event.ts'
import { RUN_EVENTS } from './run-events.ts'
import { TALK_EVENTS } from './talk-events.ts'
import { senderOf, spaced } from './words.ts'

const READERS: ReadonlyMap<string, EventReader> = new Map([
  ...Object.entries(CODE_EVENTS),
  ...Object.entries(RUN_EVENTS),
  ...Object.entries(TALK_EVENTS),
])

export function readGithub({ header, json }: Sent): Notice {
  const event = header('x-github-event').slice(0, 64)
  const delivery = header('x-github-delivery')
  const body = isObject(json) ? json : {}
  const place = textAt(objectAt(body, 'repository'), 'full_name') || textAt(objectAt(body, 'organization'), 'login')
  const card = READERS.get(event)?.(body) ?? inOneLine(event, body)
  return {
    cards: [{ ...card, title: [place, card.title ?? ''].filter(part => part !== '').join(': ') }],
    about: `${place} ${event}`,
    key: delivery === '' ? null : { id: `github ${delivery}` },
  }
}

/** `bob: deployment status created`, with a link to its subject. */
function inOneLine(event: string, body: JsonObject): Card {
  const about = Object.keys(body)
    .filter(name => name !== 'repository' && name !== 'sender' && name !== 'organization')
    .map(name => objectAt(body, name))
    .find(one => textAt(one, 'html_url') !== '')
  const title = [senderOf(body), spaced(event), spaced(textAt(body, 'action'))].filter(part => part !== '').join(' ')
  const url = textAt(about, 'html_url') || textAt(objectAt(body, 'repository'), 'html_url')
  return { title, url, text: textAt(about, 'title', 'name') }
}
