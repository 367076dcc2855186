/**
 * Bugs to plant: one way to break each promise. The text must be in its file exactly once, so that this list stays in
 * step with the code. docs/simulation.md describes each.
 */
export type Planted = {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
  /** The first seed to try: a little before the first one that finds it, so that the suite is quick. Absent: 1. */
  readonly seed?: number
  /** It shows only with a replicated log, so only such seeds are tried. */
  readonly amongNodes?: true
}

export const PLANTED: readonly Planted[] = [
  {
    name: 'a command is acknowledged before it is committed',
    file: 'src/server/connection/actor.ts',
    from: 'return this.submit(effect.session, effect.n, effect.body, effect.text)',
    to: `if (effect.n !== null) this.tell({ type: 'result', result: { n: effect.n, seq: this.#seq + 1, code: null, detail: '' } })
        return this.submit(effect.session, effect.n, effect.body, effect.text)`,
  },
  {
    name: 'the cursor of a client runs ahead by one',
    file: 'src/client/session/replies.ts',
    from: 'isOneOfSeveral ? event.seq - 1 : event.seq)',
    to: 'isOneOfSeveral ? event.seq : event.seq + 1)',
  },
  {
    name: 'a resumed session gets once more what it had last',
    seed: 33,
    file: 'src/server/delivery/reading/ring.ts',
    from: 'const index = chunk.frames.findIndex(frame => frame.seq > seq)',
    to: 'const index = chunk.frames.findIndex(frame => frame.seq >= seq)',
  },
  {
    name: 'a restart forgets what was performed',
    seed: 7,
    file: 'src/reducer/snapshot/plain.ts',
    from: '{ ...session, results: Results.of(session.results) }',
    to: '{ ...session, last: 0, results: Results.of([]) }',
  },
  {
    name: 'a lost link frees the name at once',
    seed: 224,
    file: 'src/reducer/evolve-session.ts',
    from: 'return { ...state, due: withTime(state.due, event.session, event.until) }',
    to: `return {
        ...state,
        due: withTime(state.due, event.session, event.until),
        names: state.names.deleteAll(state.members.get(state.sessions.get(event.session)?.member ?? '')?.name.keys ?? []),
      }`,
  },
  {
    name: 'frames that fell off a ring are not missed',
    seed: 66,
    file: 'src/server/delivery/reading/cursor.ts',
    from: 'return this.from >= this.ring.first ? this.from : null',
    to: 'return Math.max(this.from, this.ring.first)',
  },
  {
    name: 'a reader that leaves its group reads again what the group has read',
    file: 'src/server/delivery/reading/cursor.ts',
    from: 'this.#next = shared.next\n',
    to: '\n',
  },
  {
    name: 'a connection that takes no more stays in its group',
    seed: 246,
    file: 'src/server/delivery/link.ts',
    from: `    this.#busy = true
    this.reader.alone()`,
    to: '    this.#busy = true',
  },
  {
    name: 'what was set aside is folded by the next start',
    seed: 16,
    file: 'src/server/commit/recover.ts',
    from: 'if (entry.quarantined !== null) return',
    to: '',
  },
  {
    name: 'an unknown outcome is refused as storage at once',
    file: 'src/server/commit/writer.ts',
    from: 'await journal.append(drafts)',
    to: `const append = journal.append(drafts)
        await new Promise<void>((resolve, reject) => {
          append.then(resolve, reject)
          clock.turn(() => clock.turn(() => clock.turn(() => reject(new Error('unknown')))))
        })`,
  },
  {
    name: 'what is committed while a start reads is passed over',
    file: 'src/server/commit/recover.ts',
    from: 'held.filter(entry => entry.seq > read).forEach(fold)',
    to: '',
  },
  {
    name: 'a direct message reaches the lobby',
    seed: 9,
    file: 'src/reducer/audience.ts',
    from: `case 'told':
      return { to: 'sessions', sessions: event.sessions }`,
    to: `case 'told':
      return { to: 'rooms', rooms: ['lobby'], member: null }`,
  },
  {
    name: 'a command whose answer was lost gets a new number',
    seed: 12,
    file: 'src/client/session/outbox/outbox.ts',
    from: `  ahead: outbox.ahead.filter(item => !isOurs(item)),
  inHand: outbox.inHand.filter(item => !isOurs(item)).map(item => ({ ...item, stage: 'unsure' })),`,
    to: `  ahead: [...outbox.inHand.map(item => ({ ...item, n: null, stage: 'new' as const })), ...outbox.ahead].filter(
    item => !isOurs(item),
  ),
  inHand: [],`,
  },
  {
    name: 'there is no grace',
    file: 'src/server/connection/actor.ts',
    from: 'link.encoding?.resumes ? server.clock.now() + server.grace : null',
    to: 'link.encoding?.resumes ? server.clock.now() : null',
  },
  {
    name: 'nobody is told of a deletion',
    file: 'src/reducer/audience.ts',
    from: "return event.everyone ? { to: 'everyone', room: event.room } : { to: 'rooms', rooms: [event.room], member: null }",
    to: "return { to: 'sessions', sessions: [] }",
  },
  {
    name: 'a late return takes a name that somebody has',
    seed: 883,
    file: 'src/reducer/rules/entering.ts',
    from: `  const holder = holderOf(state, name, account?.id)
  if (holder) return refuseTaken(state, input, name, holder)`,
    to: '',
  },
  {
    name: 'what comes while a client catches up is lost',
    seed: 30,
    file: 'src/client/session/backfill/backfill.ts',
    from: 'seqOf(a) - seqOf(b)), ...held]',
    to: 'seqOf(a) - seqOf(b)), ...held.filter(() => false)]',
  },
  {
    name: 'what was written to a dead link for one alone is not given again',
    seed: 20,
    file: 'src/server/delivery/reading/lane.ts',
    from: 'if (!this.resumes || frame.k === AT_THE_END) return',
    to: 'if (frame.seq > 0) return',
  },
  {
    name: 'a start tells the journal nothing',
    file: 'src/server/nodes/own-node.ts',
    from: '    this.#begin(hub, draft)\n    // Nobody else',
    to: '    // Nobody else',
  },
  {
    name: 'a link writes though a write is outstanding',
    file: 'src/server/delivery/link.ts',
    from: `      this.#writes++
      this.#busy = true`,
    to: '      this.#writes++',
  },
  {
    name: 'a refusal outlives the link to which it was said',
    seed: 32,
    file: 'src/server/delivery/reading/lane.ts',
    from: '.filter(({ k }) => k !== AT_THE_END)',
    to: '',
  },
  {
    name: 'a gap that was not told whole is forgotten with the connection',
    seed: 60,
    file: 'src/server/delivery/reading/reader.ts',
    from: 'return seq >= this.lane.gone && this.#all()',
    to: 'return this.#all()',
  },
  {
    name: 'the size of a gap is wrong by one',
    file: 'src/client/session/backfill/backfill.ts',
    from: 'gap(after, to, unread, ',
    to: 'gap(after, to, unread + 1, ',
  },
  {
    name: 'a proof is accepted twice',
    seed: 75,
    file: 'src/server/ingress/authentication/authentication.ts',
    from: '    const nonce = nonceOf(entropy)\n',
    to: "    const nonce = 'n'.repeat(43)\n",
  },
  {
    name: 'a proof for another server is accepted',
    seed: 25,
    file: 'src/model/proof.ts',
    from: "['rxchat-login-1', epoch, name,",
    to: "['rxchat-login-1', epoch.slice(0, 0), name,",
  },
  {
    name: 'the sessions of a revoked credential live on',
    seed: 333,
    file: 'src/reducer/accounts/signing-out.ts',
    from: 'const sessions = credentials.flatMap(id => sessionsWith(state, account, id))',
    to: 'const sessions = credentials.flatMap(id => sessionsWith(state, account, id)).filter(() => false)',
  },
  {
    name: 'a credential that is gone still lets in',
    file: 'src/reducer/accounts/entering.ts',
    from: 'if (!account?.credentials.has(asked.credential)) return',
    to: 'if (!account) return',
  },
  {
    name: 'a second session misses what its member says to one alone',
    seed: 467,
    file: 'src/reducer/rules/member.ts',
    from: '[...(member?.sessions ?? []), ...sessionsOf(state, to.id)]',
    to: '[input.session, ...sessionsOf(state, to.id)]',
  },
  {
    name: 'what was gathered comes after what came later',
    seed: 15,
    file: 'src/server/delivery/reading/ring.ts',
    from: 'return this.#open[number - this.sealed]',
    to: 'return undefined',
  },
  {
    name: 'a second session does not read its rooms',
    seed: 21,
    file: 'src/server/delivery/arrivals.ts',
    from: '    const rooms = roomsIn(after, member)\n',
    to: '    const rooms = roomsIn(after, member).slice(1)\n',
  },
  {
    name: 'one message too many counts as unread',
    seed: 614,
    file: 'src/server/delivery/backlog/reads.ts',
    from: '{ after: read, upTo: state.seq }',
    to: '{ after: read - 1, upTo: state.seq }',
  },
  {
    name: 'an invite for one lets in two',
    seed: 625,
    file: 'src/reducer/accounts/invites.ts',
    from: 'const uses = invite.uses - 1',
    to: 'const uses = invite.uses',
  },
  {
    name: 'the name of an account that is not here is free',
    seed: 214,
    file: 'src/reducer/rules/lookup.ts',
    from: 'if (account?.name.keys.includes(key)) return',
    to: 'if (account?.name.keys.includes(key) && state.members.has(id)) return',
  },
  {
    name: 'a direct message goes to the next holder of a name',
    seed: 472,
    file: 'src/reducer/rules/lookup.ts',
    from: 'id ?? holderOfKey(state, key)?.id',
    to: 'holderOfKey(state, key)?.id ?? id',
  },
  {
    name: 'a read position goes back',
    seed: 117,
    file: 'src/reducer/rules/reads.ts',
    from: 'isOwn && to > positionIn(now, place)',
    to: 'isOwn && to !== positionIn(now, place)',
  },
  {
    name: 'a server that is said to be down still writes',
    seed: 49,
    file: 'src/reducer/decide.ts',
    from: '= isFenced(state, input) ?',
    to: '= isFenced(state, input) && input.at < 0 ?',
  },
  {
    name: 'the connection of a session that went on at another server stays open',
    seed: 1110,
    file: 'src/server/delivery/attachments.ts',
    from: "    this.#letGo(local, 'replaced')\n",
    to: '    local.awayFrom = null\n',
  },
  {
    name: 'every server ticks',
    file: 'src/server/nodes/own-node.ts',
    from: 'return !this.#of.shared || isWarden(state, this.#of.origin, this.#run)',
    to: "return isWarden(state, this.#of.origin, this.#run) || this.#run !== ''",
  },
  {
    name: 'every server sends to the webhooks',
    file: 'src/server/programs/webhooks.ts',
    from: '    if (!this.#deps.leads()) return\n',
    to: '',
  },
  {
    name: 'a server that begins to send to a webhook leaves messages out',
    file: 'src/server/programs/webhook-runner.ts',
    from: '    this.cursor = hook.cursor\n',
    to: '    this.cursor = hook.cursor + 5\n',
  },
  {
    name: 'events for webhooks are skipped after a restart',
    seed: 256,
    file: 'src/reducer/snapshot.ts',
    from: 'hookEvents: List(hookEvents),',
    to: 'hookEvents: List(hookEvents).clear(),',
  },
  {
    name: 'an event is dropped when the first webhook has it',
    seed: 219,
    file: 'src/reducer/rules/hook-events.ts',
    from: 'owed.some(isOwed => isOwed(one))',
    to: 'owed.every(isOwed => isOwed(one))',
  },
  {
    name: 'a rotated secret of a webhook signs alone at once',
    seed: 34,
    file: 'src/server/programs/webhooks.ts',
    from: '...(old ? [old] : [])',
    to: '...(old ? [] : [])',
  },
  {
    name: 'the act of a message is passed over with it',
    seed: 198,
    file: 'src/server/programs/deliverables.ts',
    from: 'last: left.length === 1',
    to: 'last: true',
  },
  {
    name: 'an encoder that fails undoes the state at one server',
    file: 'src/server/commit/hub.ts',
    from: '      deliveries = prepared(done)\n',
    to: `      if (isOwn && entry.seq % 16 === 0) throw new Error('an encoder failed')
      deliveries = prepared(done)
`,
  },
  {
    name: 'a session from another server has missed nothing',
    file: 'src/server/delivery/arrivals.ts',
    from: 'return steps !== null && canRepeat(steps, session, whole) ? steps : null',
    to: 'return steps !== null && canRepeat(steps, session, whole) ? [] : []',
  },
  {
    name: 'an input that another server has set aside is answered by nobody',
    seed: 308,
    file: 'src/server/commit/hub.ts',
    from: 'if (isOwn) trouble.next',
    to: 'if (isOwn && entry.seq < 0) trouble.next',
  },
  {
    name: 'a batch is appended after whatever is there',
    seed: 7,
    file: 'src/journal/replicated/appender.ts',
    from: '    const batch = batchOf({ run, k, after: this.#own }, drafts)\n',
    to: `    const last = await stream.last(this.#deps.node).catch(() => null)
    this.#own = this.#expected = last?.place ?? 0
    const batch = batchOf({ run, k, after: this.#own }, drafts)
`,
  },
  {
    name: 'a batch whose outcome is unknown is sent again as another one',
    seed: 50,
    file: 'src/journal/replicated/appender.ts',
    from: '      else isUnsure = true\n',
    to: `      else {
        isUnsure = true
        pending.k = ++this.#k
      }
`,
  },
  {
    name: 'an append that may still land is given up without an empty batch',
    seed: 219,
    file: 'src/journal/replicated/appender.ts',
    from: 'if (isUnsure && !(await this.#replace(pending))) return',
    to: '',
  },
  {
    name: 'inputs are numbered as they are heard',
    file: 'src/journal/replicated/reading/in-order.ts',
    from: '    if (message.place <= this.#place) return\n    this.#hold(message)\n',
    to: `    if (message.place <= this.#place) return
    return this.#take(message)
`,
  },
  {
    name: 'one node alone erases',
    seed: 7,
    file: 'src/journal/replicated/reading/intake.ts',
    from: "input.type === 'delete' ? [input.target,",
    to: "input.type === 'delete' && input.target < 0 ? [input.target,",
  },
  {
    name: 'servers that share a clock each move the time',
    seed: 1960,
    file: 'src/reducer/rules/time.ts',
    from: 'const by = isFirst ? 0 : offset - (state.offset ?? offset)',
    to: 'const by = input.set ?? 0',
  },
  {
    name: 'a server that heard nothing for a while says that the others are down',
    seed: 2302,
    file: 'src/server/nodes/silence.ts',
    from: 'const at = isBroken ? now : (before.get(its) ?? now)',
    to: 'const at = before.get(its) ?? now',
    amongNodes: true,
  },
  {
    name: 'an input leads one server of several elsewhere',
    file: 'src/server/commit/hub.ts',
    from: 'done = step(state, withText(entry))',
    to: `const isAhead = isOwn && entry.seq % 8 === 0
      done = step(state, withText(isAhead ? { ...entry, input: { ...entry.input, at: entry.input.at + 1 } } : entry))`,
    amongNodes: true,
  },
  {
    name: 'no server finds out that it differs from the others',
    seed: 170,
    file: 'src/server/nodes/digests.ts',
    from: "return most === mine ? 'same' : 'alone'",
    to: "return 'same'",
    amongNodes: true,
  },
  {
    name: 'a server goes on under rules that it does not know',
    seed: 2140,
    file: 'src/server/commit/hub.ts',
    from: '      if (isBeyond(done, reads)) return lose(beyond(entry.seq))\n',
    to: '',
    amongNodes: true,
  },
  {
    name: 'the rules change before every server reads them',
    seed: 215,
    file: 'src/reducer/rules/nodes.ts',
    from: 'reads >= format)',
    to: 'reads >= format - 1)',
    amongNodes: true,
  },
]
