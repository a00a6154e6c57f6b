import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { unpackExtension, validateManifest } from '@anthropic-ai/mcpb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { finished } from '../../support/checkout.ts'
import { endCommands, runCommand } from '../../support/command.ts'
import { openNewest } from '../../support/mcp-clients.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'

const project = join(import.meta.dirname, '../../..')

/** What of a manifest a program starts a server with. */
interface Manifest {
  readonly version: string
  readonly server: {
    readonly entry_point: string
    readonly mcp_config: { readonly command: string; readonly args: readonly string[] }
  }
  readonly tools: readonly { readonly name: string }[]
  readonly user_config: Readonly<Record<string, { readonly default: string }>>
}

let folder: string
let manifest: Manifest
let packed: Awaited<ReturnType<typeof finished>>

beforeAll(async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'mysticanvas-bundle-test-'))
  folder = join(scratch, 'unpacked')
  const file = join(scratch, 'mysticanvas.mcpb')
  const packing = spawn(process.execPath, [join(project, 'packaging', 'bundle.mjs'), file])
  packed = await finished(packing)
  await unpackExtension({ mcpbPath: file, outputDir: folder, silent: true })
  manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
  return () => rmSync(scratch, { recursive: true, force: true })
})

afterAll(async () => {
  await endCommands()
  removeDataFolders()
})

/** Starts the bundle as a program would, with what the person chose in its settings. */
function commandWith(chosen: Readonly<Record<string, string>>) {
  const { command, args } = manifest.server.mcp_config
  return {
    command,
    args: args.map((text) =>
      text
        .replace('${__dirname}', folder)
        .replace(
          /\$\{user_config\.(\w+)\}/,
          (_, key: string) => chosen[key] ?? manifest.user_config[key]?.default ?? '',
        ),
    ),
  }
}

test('[agents-bundle] its manifest is valid, and it holds nothing but a way to the product', () => {
  expect(packed).toMatchObject({ code: 0, stderr: '' })
  expect(validateManifest(join(folder, 'manifest.json'))).toBe(true)
  expect(readdirSync(folder, { recursive: true }).toSorted()).toEqual([
    'icon.png',
    'manifest.json',
    'server',
    'server/index.mjs',
  ])
  expect(manifest.version).toBe(
    (JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string }).version,
  )
  expect(manifest.user_config['installation']?.default).toBe(project)
})

test('[agents-bundle] it answers over stdin and stdout with the tools it promises', async () => {
  const dataFolder = await createDataFolder()
  const client = await openNewest(
    new StdioClientTransport({
      ...commandWith({ data_folder: dataFolder }),
      env: process.env as Record<string, string>,
      stderr: 'ignore',
    }),
  )
  expect((await client.tools()).toSorted()).toEqual(manifest.tools.map(({ name }) => name).toSorted())
  const found = await client.call('search_history', { query: 'boat' })
  expect(found.structuredContent).toMatchObject({ generations: [] })
  await client.close()
})

test('[agents-bundle] where MystiCanvas is not in the folder that was chosen, it says so', async () => {
  const { command, args } = commandWith({ installation: '/no/such/folder' })
  const { code, stdout, stderr } = await finished(spawn(command, args))
  expect(stderr).toContain('MystiCanvas is not in /no/such/folder. Choose its folder')
  expect(stdout).toBe('')
  expect(code).toBe(1)
})

test('[agents-configuration] the command prints what to paste alone, and what to do with it on stderr', async () => {
  const printed = await runCommand(['mcp', '--print-config', 'vscode', '--data', '/data/mine'])
  expect(JSON.parse(printed.stdout)).toEqual({
    servers: {
      mysticanvas: {
        type: 'stdio',
        command: process.execPath,
        args: [join(project, 'packaging', 'mysticanvas.mjs'), 'mcp', '--data', '/data/mine'],
      },
    },
  })
  expect(printed.stderr).toContain('MCP: Open User Configuration')
  expect(printed.code).toBe(0)
  const unknown = await runCommand(['mcp', '--print-config', 'notepad'])
  expect(unknown.stderr).toContain('Allowed choices are claude-desktop, claude-code, cursor, vscode.')
  expect(unknown.stdout).toBe('')
  expect(unknown.code).toBe(1)
})
