/**
 * Alerts of Prometheus' Alertmanager, and of Grafana, whose JSON has a few more fields.
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
import { ALERT_RETRY_MS, CARD_EXCERPT_MAX, CARD_ITEMS_MAX } from '../../model/limits.ts'
import { type Card, type CardField, type Link, linkText, type Notice } from './card.ts'
import { type Mark, markOf } from './colour.ts'
import { allAt, type JsonObject, objectAt, objectsAt, pairsOf, textAt } from './json.ts'
import { excerpt } from './marks.ts'
import type { Sent } from './sent.ts'

export function readAlerts({ json, print }: Sent): Notice {
  const alerts = objectsAt(json, 'alerts')
  const all = allAt(json, 'alerts')
  const [common, notes] = [objectAt(json, 'commonLabels'), objectAt(json, 'commonAnnotations')]
  const group = textAt(json, 'groupKey') || pairsText(objectAt(json, 'groupLabels'))
  const state = textAt(json, 'status')
  const title = titleOf(json as JsonObject, state, all)
  const [first] = alerts
  const only = all.length === 1 && first ? alertText(first) : null
  const said = textOf(notes)
  // One alert is no list, and says nothing that stands above it.
  const isSaid = only !== null && said === '' && !title.includes(only.said)
  const card: Card = {
    mark: colourOf(state, all, common),
    title,
    url: textAt(json, 'externalURL') || null,
    text: [said, ...(only === null ? alertLines(json as JsonObject, alerts, all.length) : isSaid ? [only.text] : [])]
      .filter(part => part !== '')
      .join('\n'),
    fields: fieldsOf(common),
    links: linksOf(only === null ? undefined : first, notes).filter(({ url }) => !isSaid || url !== only.link),
  }
  // A retry is the same to the byte. When one alert of many ends or begins, it's another notice.
  return { cards: [card], about: group, key: { id: `alerts ${print()}`, retriedFor: ALERT_RETRY_MS } }
}

/** `[FIRING:2] DiskFull`, as Alertmanager's own templates have it. */
function titleOf(json: JsonObject, state: string, alerts: readonly JsonObject[]): string {
  const own = textAt(json, 'title')
  if (own !== '') return own
  const firing = alerts.filter(one => textAt(one, 'status') === 'firing').length
  const name =
    textAt(objectAt(json, 'groupLabels'), 'alertname') ||
    textAt(objectAt(json, 'commonLabels'), 'alertname') ||
    textAt(objectAt(alerts[0], 'labels'), 'alertname') ||
    pairsText(objectAt(json, 'groupLabels'))
  return `[${state.toUpperCase()}${firing > 0 ? `:${firing}` : ''}] ${name}`.trim()
}

/** The gravest of those that still fire. */
function colourOf(state: string, alerts: readonly JsonObject[], common: JsonObject): Mark | null {
  if (state === 'resolved' || state === 'ok') return '🟢'
  const firing = alerts.filter(one => textAt(one, 'status') !== 'resolved')
  const marks = [common, ...firing.map(one => objectAt(one, 'labels'))].map(severityIn)
  return (['🔴', '🟠', '🟡', '🔵', '🟣', '⚪', '🟢'] as const).find(mark => marks.includes(mark)) ?? '🔴'
}

const severityIn = (labels: JsonObject): Mark | null => markOf(textAt(labels, 'severity', 'level', 'priority'))

const textOf = (notes: JsonObject): string => {
  const [summary, description] = [textAt(notes, 'summary', 'title'), textAt(notes, 'description', 'message')]
  return [summary, description]
    .filter((part, at, all) => part !== '' && all.indexOf(part) === at)
    .map(part => excerpt(part, CARD_EXCERPT_MAX))
    .join('\n')
}

function alertLines(json: JsonObject, alerts: readonly JsonObject[], count: number): readonly string[] {
  const left = Math.max(0, count - CARD_ITEMS_MAX) + Math.max(0, Number(textAt(json, 'truncatedAlerts')) || 0)
  return [
    ...alerts.slice(0, CARD_ITEMS_MAX).map(alert => `- ${alertText(alert).text}`),
    ...(left > 0 ? [`… and ${left} more`] : []),
  ]
}

type AlertText = { readonly said: string; readonly link: string; readonly text: string }

function alertText(alert: JsonObject): AlertText {
  const [labels, notes] = [objectAt(alert, 'labels'), objectAt(alert, 'annotations')]
  const where = textAt(labels, 'instance', 'pod', 'host', 'node', 'job')
  const what = textAt(notes, 'summary', 'description', 'message', 'title') || textAt(labels, 'alertname')
  const said = excerpt(what, CARD_EXCERPT_MAX, 1)
  const sign = textAt(alert, 'status') === 'resolved' ? '🟢 ' : ''
  const link = graphOf(alert)
  const at = where === '' || said.includes(where) ? '' : ` (${where})`
  return { said, link, text: `${sign}${link === '' ? said : linkText(said, link)}${at}` }
}

/** Labels that the title has already aren't repeated. */
const fieldsOf = (common: JsonObject): readonly CardField[] =>
  pairsOf(common)
    .filter(([name]) => name !== 'alertname' && !name.startsWith('__'))
    .map(([name, value]) => ({ name, value }))

const graphOf = (alert: JsonObject | undefined): string => textAt(alert, 'panelURL', 'dashboardURL', 'generatorURL')

/** `only`: the alert, if it's the only one. */
function linksOf(only: JsonObject | undefined, notes: JsonObject): readonly Link[] {
  return [
    ['graph', graphOf(only)] as const,
    ['silence', textAt(only, 'silenceURL')] as const,
    ['runbook', textAt(notes, 'runbook_url', 'runbook')] as const,
  ]
    .filter(([, url]) => url !== '')
    .map(([label, url]) => ({ label, url }))
}

const pairsText = (labels: JsonObject): string =>
  pairsOf(labels)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(' ')

/** Grafana before its version 9: one rule, and its measurements. */
export function readOldGrafana({ json }: Sent): Notice {
  const state = textAt(json, 'state')
  const card: Card = {
    mark: state === 'alerting' ? '🔴' : state === 'ok' ? '🟢' : state === 'pending' ? '🟡' : '⚪',
    title: textAt(json, 'title', 'ruleName'),
    url: textAt(json, 'ruleUrl') || null,
    text: excerpt(textAt(json, 'message'), CARD_EXCERPT_MAX),
    fields: objectsAt(json, 'evalMatches').map(one => ({
      name: textAt(one, 'metric'),
      value: textAt(one, 'value') || 'none',
    })),
    links: textAt(json, 'imageUrl') === '' ? [] : [{ label: 'picture', url: textAt(json, 'imageUrl') }],
  }
  return { cards: [card] }
}
