import type { RunningProduct } from '../../orchestrator/main.ts'
import { median, milliseconds, quantile, timed } from '../support/statistics.ts'
import type { Table } from '../support/table.ts'
import { openAgent, pageSize } from './agent.ts'

const calls = 300
const aimMs = 10

/** The same searches by an agent and directly, alternating. Both ends of the protocol share this process. */
export async function measureRoundTrip(
  { url, token, invoke }: RunningProduct,
  words: readonly string[],
  pictures: number,
): Promise<Table> {
  const agent = await openAgent(url, token, 'bench')
  const overProtocol: number[] = []
  const directly: number[] = []
  for (let call = -20; call < calls; call += 1) {
    const query = words[Math.abs(call) % words.length] ?? ''
    const direct = await timed(() => invoke('search_history', { query, limit: pageSize }))
    const round = await timed(() => agent.search(query))
    // The first ones warm both ways up.
    if (call < 0) continue
    directly.push(direct)
    overProtocol.push(round)
  }
  await agent.close()
  const more = median(overProtocol) - median(directly)
  return {
    about: `search_history at ${pictures} pictures, pages of ${pageSize}, ${calls} calls each, alternating`,
    columns: ['median', '99%'],
    rows: [
      ['direct call', milliseconds(median(directly)), milliseconds(quantile(directly, 0.99))],
      ['MCP over HTTP', milliseconds(median(overProtocol)), milliseconds(quantile(overProtocol, 0.99))],
    ],
    conclusions: [`over the direct call: ${milliseconds(more)} (aim: at most ${aimMs} ms)`],
  }
}
