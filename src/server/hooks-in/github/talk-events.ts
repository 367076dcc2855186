/** Events of people's texts: issues, pull requests, discussions, and comments on them. */
import type { Card } from '../card.ts'
import type { Mark } from '../colour.ts'
import { type JsonObject, objectAt, textAt } from '../json.ts'
import type { EventReader } from './event.ts'
import { senderOf, spaced, written } from './words.ts'

export const TALK_EVENTS: Readonly<Record<string, EventReader>> = {
  issues: body => topic(body, 'issue', 'issue', changeOf(body)),
  pull_request: body => topic(body, 'pull_request', 'pull request', changeOf(body)),
  discussion: body => topic(body, 'discussion', 'discussion', changeOf(body)),
  issue_comment: body => comment(body, 'issue', 'comment', isPull(body) ? 'pull request' : 'issue'),
  pull_request_review_comment: body => comment(body, 'pull_request', 'comment', 'pull request'),
  discussion_comment: body => comment(body, 'discussion', 'comment', 'discussion'),
  commit_comment: body => ({
    title: `${senderOf(body)} commented on ${textAt(objectAt(body, 'comment'), 'commit_id').slice(0, 7)}`,
    url: textAt(objectAt(body, 'comment'), 'html_url'),
    text: written(objectAt(body, 'comment')),
  }),
  pull_request_review: reviewed,
}

const isPull = (body: JsonObject): boolean => 'pull_request' in objectAt(body, 'issue')

/** The verb for an action, and its colour. Other actions keep their own names. */
const ACTIONS: Readonly<Record<string, Change>> = {
  opened: { did: 'opened', mark: '🟢', tells: true },
  created: { did: 'opened', mark: '🟢', tells: true },
  reopened: { did: 'reopened', mark: '🟢' },
  closed: { did: 'closed', mark: '⚪' },
  deleted: { did: 'deleted', mark: '🔴' },
  ready_for_review: { did: 'asks for reviews of', mark: '🟢' },
  converted_to_draft: { did: 'made a draft of', mark: '⚪' },
  synchronize: { did: 'pushed to', mark: null },
  answered: { did: 'answered', mark: '🟢' },
}

type Change = { readonly did: string; readonly mark: Mark | null /** The text is shown. */; readonly tells?: true }

function changeOf(body: JsonObject): Change {
  const action = textAt(body, 'action')
  const pull = objectAt(body, 'pull_request')
  if (action === 'closed' && pull['merged'] === true) return { did: 'merged', mark: '🟣' }
  if (action === 'closed' && textAt(objectAt(body, 'issue'), 'state_reason') === 'completed')
    return { did: 'closed', mark: '🟣' }
  return Object.hasOwn(ACTIONS, action) ? (ACTIONS[action] as Change) : { did: detailOf(body, action), mark: null }
}

/** `labeled (bug)`, `assigned (bob)`, `review requested (carol)`: the subject of the action. */
function detailOf(body: JsonObject, action: string): string {
  const what =
    textAt(objectAt(body, 'label'), 'name') ||
    textAt(objectAt(body, 'assignee'), 'login') ||
    textAt(objectAt(body, 'requested_reviewer'), 'login') ||
    textAt(objectAt(body, 'milestone'), 'title')
  return `${spaced(action)}${what === '' ? '' : ` (${what})`}`
}

function topic(body: JsonObject, name: string, noun: string, { did, mark, tells }: Change): Card {
  const about = objectAt(body, name)
  return {
    mark,
    title: `${senderOf(body)} ${did} ${noun} ${numbered(about)}`,
    url: textAt(about, 'html_url'),
    text: tells ? written(about) : '',
  }
}

function comment(body: JsonObject, name: string, part: string, noun: string): Card {
  const [about, said] = [objectAt(body, name), objectAt(body, part)]
  const action = textAt(body, 'action')
  const did = action === 'created' ? 'commented on' : `${action} a comment on`
  return {
    title: `${senderOf(body)} ${did} ${noun} ${numbered(about)}`,
    url: textAt(said, 'html_url') || textAt(about, 'html_url'),
    text: action === 'created' ? written(said) : '',
  }
}

const REVIEWS: Readonly<Record<string, readonly [string, Mark | null]>> = {
  approved: ['approved', '🟢'],
  changes_requested: ['asks for changes in', '🔴'],
  commented: ['reviewed', null],
  dismissed: ['dismissed a review of', '⚪'],
}

function reviewed(body: JsonObject): Card | null {
  const review = objectAt(body, 'review')
  const state = textAt(review, 'state').toLowerCase()
  const [did, mark] = Object.hasOwn(REVIEWS, state) ? (REVIEWS[state] ?? []) : []
  const pull = objectAt(body, 'pull_request')
  if (did === undefined) return null
  return {
    mark: mark ?? null,
    title: `${senderOf(body)} ${did} pull request ${numbered(pull)}`,
    url: textAt(review, 'html_url'),
    text: textAt(body, 'action') === 'submitted' ? written(review) : '',
  }
}

const numbered = (about: JsonObject): string => `#${textAt(about, 'number')} ${textAt(about, 'title')}`
