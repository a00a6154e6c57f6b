import { median, milliseconds, quantile } from '../support/statistics.ts'
import { printTable } from '../support/table.ts'
import type { Judged } from './cases.ts'

/** Prints every miss, and how many there were with each tool. */
export function printScores(judged: readonly Judged[]): void {
  for (const one of judged) if (!one.rightArguments) console.log(describeMiss(one))
  const times = judged.map((one) => one.milliseconds)
  const tools = [...Map.groupBy(judged, ({ asked }) => asked.tool)]
  printTable('assistant', {
    about: `${judged.length} cases`,
    columns: ['cases', 'right tool', 'and arguments'],
    rows: [
      ...tools.map(([tool, some]): [string, ...string[]] => [tool, ...shares(some)]),
      ['all', ...shares(judged)],
    ],
    conclusions: [
      `a turn: median ${milliseconds(median(times))}, 95% ${milliseconds(quantile(times, 0.95))}`,
    ],
  })
}

function shares(judged: readonly Judged[]): string[] {
  const share = (count: number) => `${((100 * count) / judged.length).toFixed(1)}%`
  return [
    String(judged.length),
    share(judged.filter(({ rightTool }) => rightTool).length),
    share(judged.filter(({ rightArguments }) => rightArguments).length),
  ]
}

function describeMiss({ asked, tool, rightTool, arguments: given }: Judged): string {
  const wanted = rightTool ? JSON.stringify(asked.contains) : asked.tool
  return `miss: ${asked.context}: "${asked.say}": wanted ${wanted}, got ${tool} ${JSON.stringify(given)}`
}
