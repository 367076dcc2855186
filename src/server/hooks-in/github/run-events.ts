/** Events of machines: workflows, checks, deployments, and alerts about dependencies. */
import type { Card } from '../card.ts'
import { markOf } from '../colour.ts'
import { type JsonObject, objectAt, textAt } from '../json.ts'
import type { EventReader } from './event.ts'
import { spaced } from './words.ts'

export const RUN_EVENTS: Readonly<Record<string, EventReader>> = {
  workflow_run: body => run(objectAt(body, 'workflow_run'), 'workflow'),
  workflow_job: body => run(objectAt(body, 'workflow_job'), 'job'),
  check_run: body => run(objectAt(body, 'check_run'), 'check'),
  check_suite: body => run(objectAt(body, 'check_suite'), 'checks'),
  status: body => ({
    mark: markOf(textAt(body, 'state')),
    title: `${textAt(body, 'context')}: ${textAt(body, 'state')}`,
    url: textAt(body, 'target_url') || null,
    text: textAt(body, 'description'),
  }),
  deployment_status: body => {
    const status = objectAt(body, 'deployment_status')
    return {
      mark: markOf(textAt(status, 'state')),
      title: `deployment to ${textAt(status, 'environment')}: ${spaced(textAt(status, 'state'))}`,
      url: textAt(status, 'environment_url', 'log_url', 'target_url') || null,
      text: textAt(status, 'description'),
    }
  },
  dependabot_alert: body => {
    const alert = objectAt(body, 'alert')
    const advisory = objectAt(alert, 'security_advisory')
    return {
      mark: textAt(alert, 'state') === 'open' ? markOf(textAt(advisory, 'severity')) : '🟢',
      title: `dependency alert ${spaced(textAt(body, 'action'))}: ${textAt(advisory, 'summary')}`,
      url: textAt(alert, 'html_url'),
    }
  },
}

/** Its end has a colour. Its begin has only a line. */
function run(one: JsonObject, noun: string): Card | null {
  const [state, result] = [textAt(one, 'status'), textAt(one, 'conclusion')]
  const name = textAt(one, 'name') || textAt(objectAt(one, 'app'), 'name')
  const branch = textAt(one, 'head_branch') || textAt(objectAt(one, 'check_suite'), 'head_branch')
  if (name === '') return null
  return {
    mark: result === '' ? null : markOf(result),
    title: [`${noun} ${name}:`, spaced(result || state), branch === '' ? '' : `on ${branch}`].filter(Boolean).join(' '),
    url: textAt(one, 'html_url', 'url') || null,
    text: result === '' ? '' : textAt(one, 'display_title'),
  }
}
