// GitHub's events, as its documentation has them, with the fields that a reader looks at.
import { expect, test } from 'vitest'
import { readSent } from '../../../src/server/hooks-in/read.ts'
import { messageOf, sentWith } from '../../helpers/sent.ts'

const repository = { full_name: 'octo/hello', html_url: 'https://github.com/octo/hello', stargazers_count: 3 }
const from = { repository, sender: { login: 'mona' } }
const seen = (event: string, body: object) => messageOf({ ...from, ...body }, { 'x-github-event': event })
const at = (path: string) => `https://github.com/octo/hello/${path}`

test.each<readonly [string, object, readonly string[]]>([
  [
    'ping',
    { zen: 'Keep it logically awesome.', hook: { events: ['push', 'issues'] } },
    [
      '🟢 **[octo/hello: this hook works](https://github.com/octo/hello)**',
      'Keep it logically awesome.',
      'events: push, issues',
    ],
  ],
  [
    'push',
    {
      ref: 'refs/heads/main',
      compare: at('compare/a...b'),
      commits: [
        {
          id: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
          message: 'Fix it\n\nlong',
          url: at('commit/6113728'),
          author: { username: 'mona' },
        },
        { id: 'abcdef0123', message: 'Test *it*', url: at('commit/abcdef0'), author: { name: 'Hubot' } },
      ],
    },
    [
      `🔵 **[octo/hello: mona pushed 2 commits to main](${at('compare/a...b')})**`,
      `- [6113728](${at('commit/6113728')}) Fix it (mona)`,
      `- [abcdef0](${at('commit/abcdef0')}) Test *it* (Hubot)`,
    ],
  ],
  [
    'push',
    { ref: 'refs/heads/old', deleted: true, compare: at('compare/x'), commits: [] },
    [`⚪ **[octo/hello: mona deleted the branch old](${at('compare/x')})**`],
  ],
  [
    'pull_request',
    {
      action: 'opened',
      pull_request: {
        number: 2,
        title: 'Update [README]',
        html_url: at('pull/2'),
        body: '## Why\n<!-- hidden -->- [x] done<br>',
        merged: false,
      },
    },
    [`🟢 **[octo/hello: mona opened pull request #2 Update (README)](${at('pull/2')})**`, '**Why**', '- ☑ done'],
  ],
  [
    'pull_request',
    { action: 'closed', pull_request: { number: 2, title: 'Update', html_url: at('pull/2'), merged: true } },
    [`🟣 **[octo/hello: mona merged pull request #2 Update](${at('pull/2')})**`],
  ],
  [
    'pull_request',
    { action: 'labeled', label: { name: 'bug' }, pull_request: { number: 2, title: 'Update', html_url: at('pull/2') } },
    [`**[octo/hello: mona labeled (bug) pull request #2 Update](${at('pull/2')})**`],
  ],
  [
    'issues',
    {
      action: 'opened',
      issue: { number: 1, title: 'Spelling error', html_url: at('issues/1'), body: 'It is "commited".' },
    },
    [`🟢 **[octo/hello: mona opened issue #1 Spelling error](${at('issues/1')})**`, 'It is "commited".'],
  ],
  [
    'issue_comment',
    {
      action: 'created',
      issue: { number: 1, title: 'Spelling error', html_url: at('issues/1') },
      comment: { html_url: at('issues/1#c1'), body: 'You are totally right!' },
    },
    [`**[octo/hello: mona commented on issue #1 Spelling error](${at('issues/1#c1')})**`, 'You are totally right!'],
  ],
  [
    'pull_request_review',
    {
      action: 'submitted',
      review: { state: 'approved', html_url: at('pull/2#r'), body: 'LGTM' },
      pull_request: { number: 2, title: 'Update' },
    },
    [`🟢 **[octo/hello: mona approved pull request #2 Update](${at('pull/2#r')})**`, 'LGTM'],
  ],
  [
    'release',
    { action: 'published', release: { tag_name: 'v1', name: null, html_url: at('releases/v1'), body: 'First.' } },
    [`🟢 **[octo/hello: mona published release v1](${at('releases/v1')})**`, 'First.'],
  ],
  [
    'workflow_run',
    {
      action: 'completed',
      workflow_run: {
        name: 'Build',
        status: 'completed',
        conclusion: 'failure',
        head_branch: 'main',
        html_url: at('actions/runs/3'),
        display_title: 'Fix it',
      },
    },
    [`🔴 **[octo/hello: workflow Build: failure on main](${at('actions/runs/3')})**`, 'Fix it'],
  ],
  [
    'workflow_run',
    {
      action: 'requested',
      workflow_run: {
        name: 'Build',
        status: 'queued',
        conclusion: null,
        head_branch: 'main',
        html_url: at('actions/runs/3'),
      },
    },
    [`**[octo/hello: workflow Build: queued on main](${at('actions/runs/3')})**`],
  ],
  ['star', { action: 'created' }, ['**[octo/hello: mona gave a star ⭐](https://github.com/octo/hello)**', '3 stars']],
  [
    'sponsorship_of_the_future',
    { action: 'tier_changed', thing: { html_url: at('thing/1'), title: 'A thing' } },
    [`**[octo/hello: mona sponsorship of the future tier changed](${at('thing/1')})**`, 'A thing'],
  ],
])('shows %s [HI2]', (event, body, lines) => {
  expect(seen(event, body)).toBe(lines.join('\n'))
})

test('a delivery has its id as its key, and a burst is folded by repository and event [HI4] [HI5]', () => {
  const headers = { 'x-github-event': 'star', 'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958' }
  const { key, about, sender } = readSent(sentWith({ ...from, action: 'created' }, headers))
  expect({ key, about, sender }).toEqual({
    key: { id: 'github 72d3162e-cc78-11e3-81ab-4c9367dc0958' },
    about: 'github octo/hello star',
    sender: 'github',
  })
})
