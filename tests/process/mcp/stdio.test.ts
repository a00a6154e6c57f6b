import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openNewest, overStdio, stdioCommand } from '../../support/mcp-clients.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { descendantsOf, leftAfter } from '../../support/product-processes.ts'
import { endProducts, quick, startProduct } from '../../support/product.ts'

const started = new Set<ChildProcess>()

afterEach(async () => {
  for (const child of started) child.kill('SIGKILL')
  started.clear()
  await endProducts()
  removeDataFolders()
})

/** The command with its bare streams, to see every byte. */
function startBare(dataFolder: string) {
  const { command, args, env } = stdioCommand(dataFolder)
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
  started.add(child)
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (text[name] += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const lines = () => text.stdout.split('\n').filter((line) => line !== '')
  return {
    child,
    ended,
    text,
    lines,
    say: (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`),
    async answerTo(id: number): Promise<Record<string, unknown>> {
      for (;;) {
        const found = lines()
          .map((line) => JSON.parse(line) as Record<string, unknown>)
          .find((message) => message['id'] === id)
        if (found !== undefined) return found
        await Promise.race([
          once(child.stdout, 'data'),
          ended.then(() => Promise.reject(new Error(text.stderr))),
        ])
      }
    },
  }
}

const initialize = {
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bare', version: '1' },
  },
}

test('[mcp-stdio-pure] stdout carries messages alone, whatever happens; the end of the input ends it', async () => {
  const bare = startBare(await createDataFolder())
  bare.child.stdin.write('this is no message\n')
  bare.say({ id: 1, ...initialize })
  await bare.answerTo(1)
  bare.say({ method: 'notifications/initialized' })
  bare.say({
    id: 2,
    method: 'tools/call',
    params: { name: 'generate', arguments: { ...quick, wait_seconds: 55 }, _meta: { progressToken: 'p' } },
  })
  expect(await bare.answerTo(2)).toMatchObject({
    result: { structuredContent: { generations: [{ state: 'completed' }] } },
  })
  bare.say({ id: 3, method: 'no/such/method' })
  expect(await bare.answerTo(3)).toMatchObject({ error: { code: -32_601 } })
  for (const line of bare.lines()) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' })
  expect(bare.lines().filter((line) => line.includes('notifications/progress')).length).toBeGreaterThan(2)

  const left = descendantsOf(bare.child.pid ?? 0)
  expect(left.some(({ command }) => command.includes('workers/image/main.ts'))).toBe(true)
  bare.child.stdin.end()
  expect(await bare.ended).toBe(0)
  expect(await leftAfter(left, 5000)).toEqual([])
})

test('[mcp-stdio-finds] a server that runs is used and left running', async () => {
  const product = await startProduct()
  const client = await openNewest(overStdio(product.dataFolder))
  const { structuredContent } = await client.call('generate', { ...quick, wait_seconds: 55 })
  await client.close()
  const [made] = (structuredContent as { generations: { id: string }[] }).generations
  expect(await product.invoke('get_generation', { generation: made?.id ?? '' })).toMatchObject({
    state: 'completed',
  })
})

test('[mcp-stdio-finds] two that begin at the same time share one server', async () => {
  const folder = await createDataFolder()
  const both = [startBare(folder), startBare(folder)]
  for (const bare of both) bare.say({ id: 1, ...initialize })
  for (const bare of both)
    expect(await bare.answerTo(1)).toHaveProperty('result.protocolVersion', '2025-11-25')
  const servers = both
    .flatMap(({ child }) => descendantsOf(child.pid ?? 0))
    .filter(({ command }) => command.includes('cli.ts start'))
  expect(servers).toHaveLength(1)
  for (const bare of both) bare.child.stdin.end()
  for (const bare of both) expect(await bare.ended).toBe(0)
})

test('[mcp-stdio-restart] after the server is gone there is one clear failure at most, and then another server', async () => {
  const product = await startProduct()
  const client = await openNewest(overStdio(product.dataFolder))
  const waiting = client.call('generate', { ...quick, width: 128, height: 128, steps: 150, wait_seconds: 55 })
  await product.feed.first(({ event }) => event.type === 'generation-started')
  const failure = waiting.then(
    () => 'none',
    (error: unknown) => String(error),
  )
  await product.kill()
  expect(await failure).toMatch(/not known whether it carried this out.*idempotency_key/)
  const found = await client.call('get_generation', { generation: 'last' })
  expect(found.structuredContent).toMatchObject({ recipe: { steps: 150 } })
  await client.call('cancel_generation', { generation: 'last' })
  await client.close()
})

test('[mcp-stdio-restart] a server that comes back with another token is found again', async () => {
  const product = await startProduct()
  const client = await openNewest(overStdio(product.dataFolder))
  const tools = await client.tools()
  await product.stop()
  const next = await startProduct({ dataFolder: product.dataFolder })
  expect(next.token).not.toBe(product.token)
  await client.client.listTools(undefined, { cacheMode: 'bypass' })
  expect(await client.tools()).toEqual(tools)
  await client.close()
})

test('[mcp-stdio-failure] where no server can be started, each call says so', async () => {
  const folder = await createDataFolder({ no_such_setting: true })
  const bare = startBare(folder)
  bare.say({ id: 1, ...initialize })
  const answer = (await bare.answerTo(1)) as { error: { message: string; data: { code: string } } }
  expect(answer.error.data.code).toBe('not_running')
  expect(answer.error.message).toContain('could not be started')
  expect(answer.error.message).toContain('Error invalid_config')
  expect(answer.error.message).toContain('no_such_setting')
  bare.child.stdin.end()
  expect(await bare.ended).toBe(0)
})

test('[mcp-stdio-pure] neither the token nor a sign-in link is printed', async () => {
  const folder = await createDataFolder()
  const bare = startBare(folder)
  bare.say({ id: 1, ...initialize })
  await bare.answerTo(1)
  const token = readFileSync(join(folder, 'run', 'token'), 'utf8')
  bare.child.stdin.end()
  await bare.ended
  expect(bare.text.stdout + bare.text.stderr).not.toContain(token)
  expect(bare.text.stdout + bare.text.stderr).not.toContain('/login?code=')
})
