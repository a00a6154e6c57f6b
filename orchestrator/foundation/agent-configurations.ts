import { join } from 'node:path'
import type { AgentConfiguration, AgentProgram } from '../../contracts/entities/agent-configuration.ts'
import { defaultDataFolder, projectFolder } from './paths.ts'

/** What a program has to start, with whole paths: programs are not started in our folder, nor with a person's PATH. */
interface StdioCommand {
  readonly command: string
  readonly args: readonly string[]
}

/** The name under which programs list us. */
const serverName = 'mysticanvas'

/** How each program is told of a server. */
const programs: Readonly<
  Record<AgentProgram, Pick<AgentConfiguration, 'title' | 'instruction'> & { write: Writer }>
> = {
  'claude-desktop': {
    title: 'Claude Desktop',
    instruction:
      'Settings, Developer, Edit Config: paste this into claude_desktop_config.json, inside "mcpServers" where there is one already, and start Claude Desktop again.',
    write: (server) => toJson({ mcpServers: { [serverName]: server } }),
  },
  'claude-code': {
    title: 'Claude Code',
    instruction: 'Run this once in a terminal.',
    write: ({ command, args }) =>
      [
        'claude mcp add --scope user --transport stdio',
        serverName,
        '--',
        ...[command, ...args].map(quote),
      ].join(' '),
  },
  cursor: {
    title: 'Cursor',
    instruction:
      'Paste this into .cursor/mcp.json of your home folder, inside "mcpServers" where there is one already.',
    write: (server) => toJson({ mcpServers: { [serverName]: { type: 'stdio', ...server } } }),
  },
  vscode: {
    title: 'Visual Studio Code',
    instruction:
      'Command palette, "MCP: Open User Configuration": paste this into mcp.json, inside "servers" where there is one already.',
    write: (server) => toJson({ servers: { [serverName]: { type: 'stdio', ...server } } }),
  },
}

type Writer = (server: StdioCommand) => string

/** What to paste where, for each program that is known; the data folder is named where it is not the usual one. */
export function agentConfigurations(dataFolder: string): AgentConfiguration[] {
  const server = {
    command: process.execPath,
    args: [
      join(projectFolder, 'packaging', 'mysticanvas.mjs'),
      'mcp',
      ...(dataFolder === defaultDataFolder({}) ? [] : ['--data', dataFolder]),
    ],
  }
  return (Object.keys(programs) as AgentProgram[]).map((program) => {
    const { title, instruction, write } = programs[program]
    return { program, title, instruction, text: write(server) }
  })
}

function toJson(value: object): string {
  return JSON.stringify(value, null, 2)
}

/** A word of a command line, for the shells of Unix, or for PowerShell and cmd on Windows. */
function quote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  return process.platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
