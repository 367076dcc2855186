// A request of each kind of sender, written after its documentation, and its message.
import { describe, expect, test } from 'vitest'
import { readSent } from '../../../src/server/hooks-in/read.ts'
import { messageOf, sentWith } from '../../helpers/sent.ts'

const lines = (...all: readonly string[]) => all.join('\n')

describe('Slack and Mattermost [HI2]', () => {
  test('a text with its marks, links, entities and emoji', () => {
    expect(
      messageOf({
        text: '*Deploy* of <https://ci.example/1|build 1> &lt;ok&gt; :tada: by <@U024BE7LH|bob>, ~late~ `*as* is`\n<!here> <#C024BE7LR|ops>',
      }),
    ).toBe(lines('**Deploy** of [build 1](https://ci.example/1) <ok> 🎉 by @bob, ~~late~~ `*as* is`', '`@here` #ops'))
  })

  test('blocks instead of the text, with fields and buttons', () => {
    const button = { type: 'button', text: { type: 'plain_text', text: 'Approve' }, url: 'https://hr.example/a' }
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'New request' } },
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: '*Type:*\nPaid Time Off' },
          { type: 'mrkdwn', text: '*Created by:*\n<https://example.com|Fred Enriquez>' },
        ],
      },
      { type: 'divider' },
      { type: 'context', elements: [{ type: 'mrkdwn', text: 'Last updated: *today*' }] },
      { type: 'actions', elements: [button, { type: 'button', text: { type: 'plain_text', text: 'no link' } }] },
    ]
    expect(messageOf({ text: 'a fallback', blocks })).toBe(
      lines(
        '**New request**',
        'Last updated: **today**',
        'Type: Paid Time Off',
        'Created by: [Fred Enriquez](https://example.com)',
        '[Approve](https://hr.example/a)',
      ),
    )
  })

  test('a rich text', () => {
    const section = (...elements: readonly object[]) => ({ type: 'rich_text_section', elements })
    const blocks = [
      {
        type: 'rich_text',
        elements: [
          section(
            { type: 'text', text: 'It ' },
            { type: 'text', text: 'works', style: { bold: true } },
            { type: 'emoji', name: 'tada' },
          ),
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [section({ type: 'text', text: 'one' }), section({ type: 'link', url: 'https://a.example/' })],
          },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'make *all*' }] },
          {
            type: 'rich_text_quote',
            elements: [
              { type: 'text', text: 'said' },
              { type: 'broadcast', range: 'everyone' },
            ],
          },
        ],
      },
    ]
    expect(messageOf({ blocks })).toBe(
      lines('It **works**🎉', '- one', '- https://a.example/', '```', 'make *all*', '```', '> said`@everyone`'),
    )
  })

  test('attachments with colour, title, fields and footer', () => {
    const attachment = {
      color: '#2eb886',
      pretext: 'Optional pretext',
      author_name: 'Bobby Tables',
      title: 'Slack API Documentation',
      title_link: 'https://api.slack.com/',
      text: 'Text in the attachment',
      fields: [{ title: 'Priority', value: 'High', short: true }],
      footer: 'Slack API',
      ts: 1_767_225_600,
    }
    expect(messageOf({ attachments: [attachment] })).toBe(
      lines(
        '🟢 **[Slack API Documentation](https://api.slack.com/)**',
        'Optional pretext',
        'Bobby Tables',
        'Text in the attachment',
        'Priority: High',
        '— Slack API, 2026-01-01 00:00 UTC',
      ),
    )
    expect(messageOf({ attachments: [{ color: 'danger', fallback: 'only this' }] })).toBe('🔴 only this')
  })

  test("Mattermost's Markdown, name and priority", () => {
    const text = '#### Results\n**Passed**: 3, *failed*: 0 [log](https://ci.example/log)\n@channel look'
    expect(messageOf({ username: 'test-bot', icon_url: 'x', text, priority: { priority: 'urgent' } })).toBe(
      lines(
        '🔴 **Results**',
        '**Passed**: 3, **failed**: 0 [log](https://ci.example/log)',
        '`@channel` look',
        '— test-bot',
      ),
    )
  })
})

describe('Discord [HI2]', () => {
  test('content and embeds', () => {
    const embed = {
      title: 'Build __failed__',
      url: 'https://ci.example/7',
      description: '### Log\nSee <#123>, <@!42> and [this](<https://a.example/x>) at <t:1767225600:R>\n-# small',
      color: 15_158_332,
      author: { name: 'CI' },
      fields: [{ name: 'Branch', value: '`main`', inline: true }],
      footer: { text: 'v1' },
      timestamp: '2026-01-01T00:00:00.000Z',
      image: { url: 'https://a.example/p.png' },
    }
    expect(messageOf({ content: '@everyone \\*look\\_here <a:party:99>', username: 'Captain', embeds: [embed] })).toBe(
      lines(
        '`@everyone` \\*look_here :party:',
        '🔴 **[Build failed](https://ci.example/7)**',
        'CI',
        '**Log**',
        'See #123, @42 and [this](https://a.example/x) at 2026-01-01 00:00 UTC',
        'small',
        'Branch: `main`',
        '[picture](https://a.example/p.png)',
        '— v1, 2026-01-01 00:00 UTC',
        '— Captain',
      ),
    )
  })
})

describe('ntfy [HI2]', () => {
  test('a plain text alone is the message', () => {
    expect(messageOf('disk full')).toBe('disk full')
    expect(messageOf('{not json')).toBe('{not json')
  })

  test('headers', () => {
    const headers = {
      title: 'Unauthorized access',
      'x-priority': 'urgent',
      tags: 'warning,skull,db-1',
      click: 'https://door.example/',
      actions: 'view, Open portal, https://home.example/, clear=true; http, Turn down, https://api.example/',
      attach: 'https://a.example/p.jpg',
    }
    expect(messageOf('Somebody is at the door', headers)).toBe(
      lines(
        '🔴 **[⚠️💀 Unauthorized access](https://door.example/)**',
        'Somebody is at the door',
        'tags: db-1',
        '[Open portal](https://home.example/) · [attachment](https://a.example/p.jpg)',
      ),
    )
    expect(messageOf('', { tags: 'tada' })).toBe('🎉 triggered')
  })

  test('JSON', () => {
    const body = {
      topic: 'mytopic',
      message: 'Disk space is low at 5.1 GB',
      title: 'Low disk space alert',
      tags: ['warning', 'cd'],
      priority: 4,
      click: 'https://homecamera.lan/xasds1h2xsSsa/',
      actions: [{ action: 'view', label: 'Admin panel', url: 'https://filesrv.lan/admin' }],
    }
    expect(messageOf(body)).toBe(
      lines(
        '🟠 **[⚠️💿 Low disk space alert](https://homecamera.lan/xasds1h2xsSsa/)**',
        'Disk space is low at 5.1 GB',
        '[Admin panel](https://filesrv.lan/admin)',
      ),
    )
  })
})

test('parts that are too many to be read are counted [HI2]', () => {
  expect(messageOf({ embeds: Array(300).fill({ title: 'T' }) })).toMatch(/\n… and 290 more parts$/)
  expect(messageOf({ embeds: Array(9).fill({ title: 'T' }), content: '' })).not.toContain('more')
  expect(messageOf({ attachments: Array(300).fill({ title: 'T' }) })).toMatch(/\n… and 290 more parts$/)
})

describe('alerts [HI2]', () => {
  const alert = (status: string, instance: string) => ({
    status,
    labels: { alertname: 'DiskFull', instance, severity: 'warning' },
    annotations: { summary: `The disk of ${instance} is full` },
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: `http://prom.example/graph?g0.expr=x`,
    fingerprint: instance,
  })
  const group = {
    version: '4',
    groupKey: '{}:{alertname="DiskFull"}',
    truncatedAlerts: 2,
    status: 'firing',
    receiver: 'chat',
    groupLabels: { alertname: 'DiskFull' },
    commonLabels: { alertname: 'DiskFull', severity: 'warning' },
    commonAnnotations: {},
    externalURL: 'http://alert.example:9093',
    alerts: [alert('firing', 'db1:9100'), alert('resolved', 'db2:9100')],
  }

  test('of Alertmanager', () => {
    expect(messageOf(group)).toBe(
      lines(
        '🟠 **[(FIRING:1) DiskFull](http://alert.example:9093)**',
        '- [The disk of db1:9100 is full](http://prom.example/graph?g0.expr=x)',
        '- 🟢 [The disk of db2:9100 is full](http://prom.example/graph?g0.expr=x)',
        '… and 2 more',
        'severity: warning',
      ),
    )
    const resolved = { ...group, status: 'resolved', truncatedAlerts: 0, alerts: [alert('resolved', 'db1:9100')] }
    expect(messageOf(resolved)).toMatch(/^🟢 \*\*\[\(RESOLVED\) DiskFull\]/)
  })

  const many = Array.from({ length: 300 }, (_, at) => alert('firing', `db${at}:9100`))

  test('all alerts count, also those that are too many to be read', () => {
    const text = messageOf({ ...group, truncatedAlerts: 0, alerts: many })
    expect(text).toContain('🟠 **[(FIRING:300) DiskFull]')
    expect(text).toContain('\n- [The disk of db9:9100 is full](http://prom.example/graph?g0.expr=x)\n… and 290 more\n')
    const late = many.with(250, {
      ...alert('firing', 'db'),
      labels: { ...alert('', 'db').labels, severity: 'critical' },
    })
    expect(messageOf({ ...group, alerts: late.with(251, alert('resolved', 'db')) })).toMatch(/^🔴 .*\(FIRING:299\)/)
  })

  test('the same alerts have the same key, others have another [HI4]', () => {
    const keyOf = (body: unknown) => readSent(sentWith(body)).key
    const [one] = group.alerts
    expect(keyOf(structuredClone(group))).toEqual(keyOf(group))
    expect(keyOf({ ...group, alerts: [one, alert('firing', 'db2:9100')] })).not.toEqual(keyOf(group))
    expect(keyOf({ ...group, status: 'resolved' })).not.toEqual(keyOf(group))
    const changed = many.with(250, alert('resolved', 'db250:9100'))
    expect(keyOf({ ...group, alerts: changed })).not.toEqual(keyOf({ ...group, alerts: many }))
  })

  test('a single alert is no list, and its link stands once', () => {
    const single = { ...group, truncatedAlerts: 0, alerts: [alert('firing', 'db1:9100')] }
    expect(messageOf(single)).toBe(
      lines(
        '🟠 **[(FIRING:1) DiskFull](http://alert.example:9093)**',
        '[The disk of db1:9100 is full](http://prom.example/graph?g0.expr=x)',
        'severity: warning',
      ),
    )
    const bare = { ...alert('firing', 'db1:9100'), annotations: {} }
    expect(messageOf({ ...single, alerts: [bare] })).toBe(
      lines(
        '🟠 **[(FIRING:1) DiskFull](http://alert.example:9093)**',
        'severity: warning',
        '[graph](http://prom.example/graph?g0.expr=x)',
      ),
    )
  })

  test('of Grafana', () => {
    const body = {
      ...group,
      orgId: 1,
      title: '[FIRING:1] DiskFull (chat)',
      state: 'alerting',
      message: '**Firing**',
      truncatedAlerts: 0,
      commonAnnotations: { summary: 'Disks are full', runbook_url: 'https://run.example/disk' },
      alerts: [
        { ...alert('firing', 'db1'), silenceURL: 'https://g.example/silence', panelURL: 'https://g.example/panel' },
      ],
    }
    expect(messageOf(body)).toBe(
      lines(
        '🟠 **[(FIRING:1) DiskFull (chat)](http://alert.example:9093)**',
        'Disks are full',
        'severity: warning',
        '[graph](https://g.example/panel) · [silence](https://g.example/silence) · [runbook](https://run.example/disk)',
      ),
    )
    const old = {
      ...{ title: '[Alerting] CPU', ruleName: 'CPU', ruleUrl: 'https://g.example/r', state: 'alerting' },
      ...{ message: 'hot', evalMatches: [{ metric: 'cpu', value: 97.5, tags: null }] },
    }
    expect(messageOf(old)).toBe(lines('🔴 **[(Alerting) CPU](https://g.example/r)**', 'hot', 'cpu: 97.5'))
  })
})

describe('any other JSON [HI2]', () => {
  test('has what looks like a title and a text, and the rest as fields', () => {
    const body = { title: 'Backup', message: 'done', level: 'info', url: 'https://b.example/', size: 12, ok: true }
    expect(messageOf(body)).toBe(lines('🔵 **[Backup](https://b.example/)**', 'done', 'size: 12', 'ok: true'))
    expect(messageOf({ event: 'paid', data: { id: 7, total: '9.99' } })).toBe(
      lines('**paid**', 'data.id: 7', 'data.total: 9.99'),
    )
    const said = { type: 'said', seq: 7, at: 1, room: 'ops', from: 'José', text: 'look *here*', id: 'x', epoch: 'e' }
    expect(messageOf(said)).toBe(lines('look *here*', '— José, #ops'))
    expect(messageOf({})).toBe('')
    expect(messageOf([])).toBe('')
  })

  test('loses no field: what is deeper is short, and what is too much is counted', () => {
    expect(messageOf({ foo: { bar: [1, 2, 3] }, level: 'error', title: 'T' })).toBe(
      lines('🔴 **T**', 'foo.bar: 1, 2, 3'),
    )
    expect(messageOf({ title: 'T', message: 'm', by: { name: 'José', tags: [] }, items: [{ id: 7 }, null] })).toBe(
      lines('**T**', 'm', 'by.name: José', 'items: [{"id":7},null]'),
    )
    expect(messageOf({ level: 'custom', status: 'failed', a: { b: { c: { d: { e: 1 } } } } })).toBe(
      lines('level: custom', 'status: failed', 'a.b.c.d: {"e":1}'),
    )
    expect(messageOf({ on: Array(300).fill('db') })).toBe(`on: ${'db, '.repeat(10)}… and 290 more`)
    const wide = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`k${at}`, at]))
    expect(messageOf(wide)).toMatch(/^k0: 0\n.*\nk24: 24\n… and 275 more fields$/s)
    expect(messageOf({ long: [{ text: 'x'.repeat(5000) }] })).toMatch(/^long: \[\{"text":"x{480,490}…$/)
  })

  test('a list has a part for each of its items', () => {
    expect(messageOf([{ title: 'one', a: 1 }, 'two'])).toBe(lines('**one**', 'a: 1', 'two'))
    expect(messageOf(Array(300).fill({ title: 'T' }))).toMatch(/^(\*\*T\*\*\n){10}… and 290 more parts$/)
  })
})
