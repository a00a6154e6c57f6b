import type { AgentProgram } from '../../contracts/entities/agent-configuration.ts'
import { agentConfigurations } from '../foundation/agent-configurations.ts'

/** `mysticanvas mcp --print-config <program>`: prints what to paste, and what to do with it on stderr. */
export function printConfig(program: AgentProgram, dataFolder: string): void {
  const found = agentConfigurations(dataFolder).find((configuration) => configuration.program === program)
  if (found === undefined) throw new RangeError(`There is no configuration for ${program}.`)
  process.stderr.write(`${found.title}: ${found.instruction}\n`)
  process.stdout.write(`${found.text}\n`)
}
