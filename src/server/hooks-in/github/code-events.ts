/** Events of a repository: pushes, branches, releases, stars. */
import { CARD_ITEMS_MAX } from '../../../model/limits.ts'
import { type Card, linkText } from '../card.ts'
import { allAt, type JsonObject, listAt, objectAt, objectsAt, scalarText, textAt } from '../json.ts'
import { clipped, counted } from '../marks.ts'
import type { EventReader } from './event.ts'
import { branchOf, senderOf, written } from './words.ts'

export const CODE_EVENTS: Readonly<Record<string, EventReader>> = {
  ping: body => ({
    mark: '🟢',
    title: 'this hook works',
    url: textAt(objectAt(body, 'repository'), 'html_url') || null,
    text: textAt(body, 'zen'),
    fields: [{ name: 'events', value: listAt(objectAt(body, 'hook'), 'events').map(scalarText).join(', ') }].filter(
      ({ value }) => value !== '',
    ),
  }),
  push: pushed,
  create: body => branch(body, 'created'),
  delete: body => branch(body, 'deleted'),
  release: body => {
    const release = objectAt(body, 'release')
    const name = textAt(release, 'name', 'tag_name')
    return {
      mark: release['prerelease'] === true ? '🟡' : '🟢',
      title: `${senderOf(body)} ${textAt(body, 'action')} release ${name}`,
      url: textAt(release, 'html_url'),
      text: textAt(body, 'action') === 'published' ? written(release) : '',
    }
  },
  star: body => ({
    title: `${senderOf(body)} ${textAt(body, 'action') === 'deleted' ? 'took a star back' : 'gave a star ⭐'}`,
    url: textAt(objectAt(body, 'repository'), 'html_url'),
    text: starsOf(body),
  }),
  // Sent beside `star`, by an old name.
  watch: body => ({ title: `${senderOf(body)} gave a star ⭐`, url: textAt(objectAt(body, 'repository'), 'html_url') }),
  fork: body => ({
    title: `${senderOf(body)} forked it to ${textAt(objectAt(body, 'forkee'), 'full_name')}`,
    url: textAt(objectAt(body, 'forkee'), 'html_url'),
  }),
  public: body => ({
    title: `${senderOf(body)} made the repository public`,
    url: textAt(objectAt(body, 'repository'), 'html_url'),
  }),
  member: body => ({
    title: `${senderOf(body)} ${textAt(body, 'action')} ${textAt(objectAt(body, 'member'), 'login')} as a collaborator`,
    url: textAt(objectAt(body, 'repository'), 'html_url'),
  }),
}

function pushed(body: JsonObject): Card {
  const commits = objectsAt(body, 'commits')
  const ref = textAt(body, 'ref')
  const name = branchOf(ref)
  const kind = ref.startsWith('refs/tags/') ? 'tag' : 'branch'
  const url = textAt(body, 'compare') || textAt(objectAt(body, 'repository'), 'html_url')
  if (body['deleted'] === true) return { mark: '⚪', title: `${senderOf(body)} deleted the ${kind} ${name}`, url }
  if (commits.length === 0) return { mark: '🔵', title: `${senderOf(body)} pushed the ${kind} ${name}`, url }
  const count = allAt(body, 'commits').length
  const more = count - CARD_ITEMS_MAX
  return {
    mark: body['forced'] === true ? '🟠' : '🔵',
    title: `${senderOf(body)} ${body['forced'] === true ? 'force-pushed' : 'pushed'} ${counted(count, 'commit')} to ${name}`,
    url,
    text: [...commits.slice(0, CARD_ITEMS_MAX).map(commitLine), ...(more > 0 ? [`… and ${more} more`] : [])].join('\n'),
  }
}

function commitLine(commit: JsonObject): string {
  const [subject = ''] = textAt(commit, 'message').split('\n')
  const author = textAt(objectAt(commit, 'author'), 'username', 'name')
  const id = linkText(textAt(commit, 'id').slice(0, 7), textAt(commit, 'url'))
  return `- ${id} ${clipped(subject.trim(), 100)}${author === '' ? '' : ` (${author})`}`
}

const branch = (body: JsonObject, did: string): Card => ({
  mark: did === 'created' ? '🔵' : '⚪',
  title: `${senderOf(body)} ${did} the ${textAt(body, 'ref_type')} ${textAt(body, 'ref')}`,
  url: textAt(objectAt(body, 'repository'), 'html_url'),
})

function starsOf(body: JsonObject): string {
  const count = Number(textAt(objectAt(body, 'repository'), 'stargazers_count'))
  return count > 0 ? counted(count, 'star') : ''
}
