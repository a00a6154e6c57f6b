import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { finished } from '../../support/checkout.ts'
import { stdioCommand } from '../../support/mcp-clients.ts'
import { removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'
import { openTokenProxy, type TokenProxy } from '../../support/token-proxy.ts'

const programs = join(import.meta.dirname, '../../../node_modules/.bin')

let product: Product
let proxy: TokenProxy
let scratch: string

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'mysticanvas-acceptance-'))
  product = await startProduct()
  proxy = await openTokenProxy(product)
})

afterAll(async () => {
  await proxy.close()
  await endProducts()
  removeDataFolders()
  rmSync(scratch, { recursive: true, force: true })
})

/** Runs a program made by others; what it keeps between runs stays in a folder of the test. */
function run(program: string, args: readonly string[]) {
  return finished(
    spawn(process.execPath, [join(programs, program), ...args], {
      cwd: scratch,
      env: { ...process.env, HOME: scratch, MCP_CATALOG_PATH: join(scratch, 'catalog.json') },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
}

describe('the inspector', () => {
  const overHttp = () => [`${product.url}/mcp`, '--header', `Authorization: Bearer ${product.token}`]
  const overStdio = () => {
    const { command, args } = stdioCommand(product.dataFolder)
    return [command, ...args, '--transport', 'stdio']
  }
  const inspect = (way: string, args: readonly string[]) =>
    run('mcp-inspector', ['--cli', ...(way === 'HTTP' ? overHttp() : overStdio()), ...args])

  test.each(['HTTP', 'stdio'])(
    '[agents-inspector] over %s it finds no error in the schemas, and nothing at all in those of inputs',
    async (way) => {
      const { code, stdout, stderr } = await inspect(way, ['--method', 'tools/list', '--strict'])
      const { tools } = JSON.parse(stdout) as { tools: { name: string }[] }
      expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['generate', 'search_history']))
      expect(stderr).toMatch(/\b0 errors\b/)
      expect(stderr).not.toContain('Path: inputSchema')
      expect(code).toBe(0)
    },
  )

  test.each(['HTTP', 'stdio'])('[agents-inspector] over %s it makes a picture', async (way) => {
    const input = { ...quick, prompt: `a boat over ${way}`, wait_seconds: 55 }
    const pairs = Object.entries(input).flatMap(([key, value]) => ['--tool-arg', `${key}=${value}`])
    const { code, stdout } = await inspect(way, [
      '--method',
      'tools/call',
      '--tool-name',
      'generate',
      ...pairs,
    ])
    expect(JSON.parse(stdout)).toMatchObject({
      content: [{ type: 'text' }, { type: 'image', mimeType: 'image/webp' }, { type: 'resource_link' }],
      structuredContent: { generations: [{ state: 'completed', recipe: { prompt: input.prompt } }] },
    })
    expect(code).toBe(0)
  })
})

describe('the conformance suite', () => {
  test.each([
    ['server-initialize', 1],
    ['ping', 1],
    ['tools-list', 1],
    ['resources-list', 1],
    ['prompts-list', 1],
    ['dns-rebinding-protection', 2],
  ])('[agents-conformance] %s', async (scenario, checks) => {
    const { code, stdout, stderr } = await run('conformance', [
      'server',
      '--url',
      `${proxy.url}/mcp`,
      '--scenario',
      scenario,
    ])
    expect(stdout + stderr).toContain(`Passed: ${checks}/${checks}, 0 failed, 0 warnings`)
    expect(code).toBe(0)
  })
})
