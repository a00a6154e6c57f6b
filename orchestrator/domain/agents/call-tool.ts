import { scopeOf, type CallTool } from '../../../contracts/agent.ts'
import type { Invoke } from '../../../contracts/capabilities/index.ts'

/** Makes the one way by which agents call capabilities. It lives as long as the product, whatever clients come and go. */
export function createCallTool(invoke: Invoke): CallTool {
  // The input is checked where every input is: behind `invoke`.
  return (client, name, input, call) => invoke(name, input as never, { ...call, client: scopeOf(client) })
}
