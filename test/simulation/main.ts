import { actsOf } from './acts.ts'
import { run } from './run.ts'
const [first, seeds, steps] = process.argv.slice(2).map(Number) as [number, number, number]
const t = performance.now()
const total = new Map<string, number>()
let bad = 0
for (let seed = first; seed < first + seeds; seed++) {
  const story = await run(`${seed}`, actsOf(`${seed}`, steps))
  for (const [k, v] of story.counts) total.set(k, (total.get(k) ?? 0) + v)
  if (story.violations.length > 0) {
    bad++
    console.log(`seed ${seed}: ${story.violations[0]?.rule}: ${story.violations[0]?.what.slice(0, 300)}`)
    const at = story.lines.findIndex(l => l.includes('VIOLATED'))
    if (process.env['STORY']) { console.log(story.lines.slice(Math.max(0, at - Number(process.env['STORY'])), at + 5).join('\n')); break }
  }
}
console.log(Object.fromEntries([...total].sort()), bad, 'bad', Math.round(performance.now() - t), 'ms')
