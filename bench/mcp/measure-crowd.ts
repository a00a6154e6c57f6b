import { readProcessMemory } from '../../workers/runtime/process-memory.ts'
import type { StartedProduct } from '../support/started-product.ts'
import { median, mebibytes, milliseconds, quantile } from '../support/statistics.ts'
import type { Table } from '../support/table.ts'
import { openAgent, type BenchAgent } from './agent.ts'

const agents = 32
const wordsOfEach = 20

/** Until then the server's memory has grown to what this load takes. */
const warmUpSeconds = 20

/** What a process may hold more after a minute than before, for what its runtime frees in its own time. */
const aimGrowth = 1.1

/** Many agents at once, each searching as fast as it is answered. */
export async function measureCrowd(
  { server, pid }: StartedProduct,
  words: readonly string[],
  seconds: number,
): Promise<Table> {
  const names = Array.from({ length: agents }, (_, index) => `bench-${index}`)
  const crowd = await Promise.all(names.map((name) => openAgent(server.url, server.token, name)))
  const errors: string[] = []
  const durations: number[] = []

  const searchUntil = async (agent: BenchAgent, deadline: number, first: number) => {
    for (let call = 0; performance.now() < deadline; call += 1) {
      const began = performance.now()
      await agent
        .search(words[(first + (call % wordsOfEach)) % words.length] ?? '')
        .catch((error: unknown) => errors.push(String(error)))
      durations.push(performance.now() - began)
    }
  }
  const runFor = (duration: number) =>
    Promise.all(
      crowd.map((agent, index) =>
        searchUntil(agent, performance.now() + duration * 1000, index * wordsOfEach),
      ),
    )

  await runFor(warmUpSeconds)
  durations.length = 0
  const before = await readProcessMemory(pid)
  await runFor(seconds)
  const after = await readProcessMemory(pid)
  await Promise.all(crowd.map((agent) => agent.close()))
  const growth = after.resident / before.resident
  return {
    about: `${agents} agents for ${seconds} s, each as fast as it is answered; the server in a process of its own`,
    columns: ['median', '99%'],
    rows: [['search_history', milliseconds(median(durations)), milliseconds(quantile(durations, 0.99))]],
    conclusions: [
      `${durations.length} calls, ${errors.length} errors (aim: 0)${errors.length === 0 ? '' : `, such as ${errors[0]}`}`,
      `memory of the server: ${mebibytes(before.resident)} at the start, ${mebibytes(after.resident)} at the end, ratio ${growth.toFixed(2)} (aim: at most ${aimGrowth})`,
    ],
  }
}
