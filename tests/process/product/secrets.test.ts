import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct } from '../../support/product.ts'

afterAll(async () => {
  await endProducts()
  removeDataFolders()
})

test('[supervision-token] the tokens stand in no argument, environment, log, event or database', async () => {
  const product = await startProduct({ config: { log_level: 'trace' } })
  const { generations } = await product.invoke('generate', { ...quick })
  await product.finished(generations[0]?.id ?? '')
  const codes = await product.request('/api/sign-in-codes', { method: 'POST' })
  const { code } = (await codes.json()) as { code: string }
  const login = await fetch(`${product.url}/login?code=${code}`, { redirect: 'manual' })
  const session = /mysticanvas_session=([^;]+)/.exec(login.headers.get('set-cookie') ?? '')?.[1] ?? ''
  expect(session.length).toBeGreaterThan(20)
  const workerToken = readWorkerToken(product.worker().pid)
  expect(workerToken).toHaveLength(1)

  const processes = [product.child.pid ?? 0, ...product.processes().map(({ pid }) => pid)]
  expect(processes).toHaveLength(3)
  const visible = processes.flatMap((pid) =>
    ['cmdline', 'environ'].map(
      (name) => [`${name} of ${pid}`, readFileSync(`/proc/${pid}/${name}`, 'latin1')] as const,
    ),
  )
  const told = [
    ['events', JSON.stringify(product.feed.events)],
    ['output', product.output().replaceAll(/code=\S+/g, '')],
  ] as const
  await product.stop()
  const stored = readdirSync(product.dataFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('models'))
    .map((name) => join(product.dataFolder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path, 'latin1')] as const)
  expect(stored.map(([path]) => path).join()).toContain('orchestrator.log')
  for (const [place, text] of [...visible, ...told, ...stored]) {
    for (const secret of [product.token, session, code, ...workerToken])
      expect(text.includes(secret), place).toBe(false)
  }
})

/** The worker's token, as only its own memory has it: what a boot line looks like. None where that cannot be read. */
function readWorkerToken(pid: number): string[] {
  const ranges = readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .filter((line) => line.includes('rw-p'))
  const memory = openMemory(pid)
  if (memory === null) return []
  for (const range of ranges) {
    const [from, to] = (range.split(' ')[0] ?? '').split('-').map((part) => Number.parseInt(part, 16))
    if (from === undefined || to === undefined || to - from > 64 * 1024 * 1024) continue
    const found = /\{"protocol":1,"token":"([\w-]{43})"/.exec(memory(from, to - from))
    if (found?.[1] !== undefined) return [found[1]]
  }
  return []
}

function openMemory(pid: number): ((from: number, length: number) => string) | null {
  try {
    const { openSync, readSync } = process.getBuiltinModule('node:fs')
    const file = openSync(`/proc/${pid}/mem`, 'r')
    return (from, length) => {
      const bytes = Buffer.alloc(length)
      try {
        return bytes.toString('latin1', 0, readSync(file, bytes, 0, length, from))
      } catch {
        return ''
      }
    }
  } catch {
    return null
  }
}
