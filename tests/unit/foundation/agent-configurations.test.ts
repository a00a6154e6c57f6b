import { join } from 'node:path'
import { expect, test } from 'vitest'
import { agentConfigurations } from '../../../orchestrator/foundation/agent-configurations.ts'
import { defaultDataFolder, projectFolder } from '../../../orchestrator/foundation/paths.ts'

const program = join(projectFolder, 'packaging', 'mysticanvas.mjs')

function textOf(name: string, dataFolder = defaultDataFolder({})): string {
  return agentConfigurations(dataFolder).find((one) => one.program === name)?.text ?? ''
}

test('[agents-configuration] each program is told in its own words', () => {
  const server = { command: process.execPath, args: [program, 'mcp'] }
  expect(JSON.parse(textOf('claude-desktop'))).toEqual({ mcpServers: { mysticanvas: server } })
  expect(JSON.parse(textOf('cursor'))).toEqual({ mcpServers: { mysticanvas: { type: 'stdio', ...server } } })
  expect(JSON.parse(textOf('vscode'))).toEqual({ servers: { mysticanvas: { type: 'stdio', ...server } } })
  expect(textOf('claude-code')).toMatch(
    /^claude mcp add --scope user --transport stdio mysticanvas -- \S+ \S+mysticanvas\.mjs mcp$/,
  )
})

test('[agents-configuration] another data folder is named, and a blank in it breaks nothing', () => {
  const folder = "/data/it's mine"
  expect(JSON.parse(textOf('cursor', folder))).toMatchObject({
    mcpServers: { mysticanvas: { args: [program, 'mcp', '--data', folder] } },
  })
  expect(textOf('claude-code', folder)).toContain(String.raw`--data '/data/it'\''s mine'`)
})
