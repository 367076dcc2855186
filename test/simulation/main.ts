/**
 * `npm run sim`: runs one seed, many, or as many as fit into some minutes, until a rule is broken. Then it prints that
 * seed, with a short story of its cause. docs/simulation.md says how to read it.
 */
import { type Act, actsOf, castOf } from './acts.ts'
import { readOptions, type SimOptions } from './options.ts'
import { add, table } from './report.ts'
import { run } from './run.ts'
import { shrink } from './shrink.ts'
import type { Violation } from './story.ts'

const began = performance.now()
/** How long a story is made shorter, at most. */
const SHRINK_MS = 120_000

async function main(options: SimOptions): Promise<number> {
  const total = new Map<string, number>()
  const isOver = (seeds: number): boolean =>
    options.minutes === null ? seeds >= options.seeds : performance.now() - began > options.minutes * 60_000
  let seeds = 0
  for (let number = options.seed; !isOver(seeds); number++) {
    const seed = `${number}`
    if (options.replicated && !castOf(seed).isReplicated) continue
    seeds++
    const acts = chosen(actsOf(seed, options.steps), options)
    const story = await run(seed, acts)
    add(total, story.counts)
    if (options.story) print(story.lines)
    const [broken] = story.violations
    if (broken) {
      // Acts after the violation do not matter.
      await explain(seed, acts.slice(0, (story.counts.get('acts') ?? 0) + 1), broken, options)
      print(table(total))
      return 1
    }
  }
  print([...table(total), `${seeds} seeds in ${((performance.now() - began) / 1000).toFixed(1)} s: every rule held.`])
  return 0
}

const chosen = (acts: readonly Act[], { acts: only }: SimOptions): readonly Act[] =>
  only === null ? acts : acts.filter(({ i }) => only.includes(i))

async function explain(seed: string, acts: readonly Act[], broken: Violation, options: SimOptions): Promise<void> {
  print([`seed ${seed} broke a rule: ${broken.rule}`, `  ${broken.what.slice(0, 1000)}`])
  const fails = async (some: readonly Act[]): Promise<boolean> =>
    (await run(seed, some)).violations[0]?.rule === broken.rule
  const until = performance.now() + SHRINK_MS
  const short = options.shrink ? await shrink(acts, fails, () => performance.now() > until) : acts
  const again = `npm run sim -- --seed ${seed} --steps ${options.steps} --acts ${short.map(({ i }) => i).join()} --story`
  print([`${short.length} of ${acts.length} acts are enough:`, `  ${again}`, ''])
  if (!options.story) print((await run(seed, short)).lines)
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}

process.exitCode = await main(readOptions(process.argv.slice(2)))
