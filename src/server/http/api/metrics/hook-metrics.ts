/** Metrics of webhooks, by their number: a URL may hold a secret. */
import { Counter, Gauge, type Registry } from 'prom-client'
import type { ListedHook } from '../../../programs/webhook-runner.ts'

export function addHookMetrics(registry: Registry, hooks: () => readonly ListedHook[]): void {
  const shared = { labelNames: ['hook'], registers: [registry] }
  const gauge = (name: string, help: string, read: (hook: ListedHook) => number | null): void => {
    new Gauge({
      ...{ name, help, ...shared },
      collect() {
        this.reset()
        for (const one of hooks()) {
          const value = read(one)
          if (value !== null) this.set({ hook: `${one.id}` }, value)
        }
      },
    })
  }
  const counter = (name: string, help: string, read: (hook: ListedHook) => number): void => {
    new Counter({
      ...{ name, help, ...shared },
      collect() {
        this.reset()
        for (const one of hooks()) this.inc({ hook: `${one.id}` }, read(one))
      },
    })
  }
  gauge('rxchat_hook_behind', 'What a webhook has yet to get, up to 1000.', ({ behind }) => behind)
  gauge('rxchat_hook_paused', '1: nothing more is sent to the webhook.', ({ paused }) => (paused ? 1 : 0))
  gauge('rxchat_hook_failures', 'Attempts that failed since the receiver last took something.', one => one.failures)
  counter('rxchat_hook_sent_total', 'Deliveries that the receiver took, since the start.', ({ sent }) => sent)
  counter('rxchat_hook_failed_total', 'Attempts that failed, since the start.', ({ failed }) => failed)
  counter('rxchat_hook_missed_total', 'Events that were given up because too many waited.', one => one.missed ?? 0)
}
