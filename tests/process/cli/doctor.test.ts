import { chmodSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Finding } from '../../../orchestrator/commands/doctor/finding.ts'
import { endCommands, runCommand } from '../../support/command.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, startProduct } from '../../support/product.ts'

afterEach(async () => {
  await endCommands()
  await endProducts()
  removeDataFolders()
})

/** A data folder in which the product has run, with a port that is free. */
async function usedDataFolder(): Promise<string> {
  const folder = await createDataFolder({ port: await freePort() })
  const product = await startProduct({ dataFolder: folder })
  await product.stop()
  return folder
}

async function examine(folder: string): Promise<{ code: number | null; findings: Map<string, Finding> }> {
  const { code, stdout } = await runCommand(['doctor', '--json', '--data', folder])
  const findings = JSON.parse(stdout) as Finding[]
  return { code, findings: new Map(findings.map((finding) => [finding.subject, finding])) }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server))
  })
}

async function freePort(): Promise<number> {
  const server = await listen(0)
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('[cli-doctor] finds nothing wrong where nothing is, and looks at everything', async () => {
  const { code, findings } = await examine(await usedDataFolder())
  expect(code).toBe(0)
  expect([...findings.values()].filter(({ state }) => state === 'problem')).toEqual([])
  expect([...findings.keys()]).toEqual([
    'Node.js',
    'Machine',
    'Graphics',
    'Data folder',
    'Disk',
    'Configuration',
    'Database',
    'Pictures',
    'Unknown files',
    'Server',
    'Image engine',
    'Model mysticanvas-sketch',
    'Model folders',
    'Web interface',
  ])
  expect(findings.get('Image engine')?.found).toMatch(/^diffusion-cpp \d/)
  expect(findings.get('Database')?.found).toMatch(/is sound$/)
})

test('[cli-doctor] finds a running server and does not disturb it', async () => {
  const product = await startProduct()
  const { code, findings } = await examine(product.dataFolder)
  expect(code).toBe(0)
  expect(findings.get('Server')?.found).toBe(`running at ${product.url}`)
  expect(await product.invoke('get_system_status', {})).toMatchObject({ queue: { waiting: 0 } })
})

test('[cli-doctor] a folder that was never used is no problem, and looking makes nothing', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'mysticanvas-none-')), 'data')
  const { findings } = await examine(folder)
  expect(findings.get('Data folder')).toMatchObject({
    state: 'good',
    found: `${folder}; the first start makes it`,
  })
  expect(findings.get('Database')?.state).toBe('note')
  expect(() => rmSync(folder)).toThrow(/ENOENT/)
})

test('[cli-doctor] names a damaged database and what restores it', async () => {
  const folder = await usedDataFolder()
  writeFileSync(join(folder, 'mysticanvas.sqlite'), Buffer.alloc(8192, 'not a database'))
  const { code, findings } = await examine(folder)
  expect(code).toBe(1)
  expect(findings.get('Database')).toMatchObject({
    state: 'problem',
    found: expect.stringContaining('database_damaged'),
    advice: expect.stringContaining('doctor --repair'),
  })
})

test('[cli-doctor] names a port that is taken', async () => {
  const folder = await createDataFolder()
  const blocker = await listen(0)
  const { port } = blocker.address() as AddressInfo
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ port }))
  const { code, findings } = await examine(folder)
  blocker.close()
  expect(code).toBe(1)
  expect(findings.get('Server')).toMatchObject({
    state: 'problem',
    found: `Port ${port} is taken by another program.`,
    advice: expect.stringContaining('--port'),
  })
})

test('[cli-doctor] names what is wrong in a configuration', async () => {
  const folder = await createDataFolder({ prot: 1, queue_limit: 0 })
  const { code, findings } = await examine(folder)
  expect(code).toBe(1)
  const { found } = findings.get('Configuration') ?? {}
  expect(found).toContain('queue_limit')
  expect(found).toContain('prot')
  expect(found).toContain('invalid_config')
})

test('[cli-doctor] tells that the built-in model is still to be unpacked, and of a model folder that is gone', async () => {
  const folder = await createDataFolder({ model_folders: ['/nowhere/models'] })
  unlinkSync(join(folder, 'models', 'mysticanvas-sketch.safetensors'))
  const { code, findings } = await examine(folder)
  expect(code).toBe(1)
  expect(findings.get('Model mysticanvas-sketch')).toMatchObject({
    state: 'good',
    found: 'will be unpacked at the first start',
  })
  expect(findings.get('Model folders')).toMatchObject({
    state: 'problem',
    found: '/nowhere/models is not there.',
  })
})

test.skipIf(process.platform === 'win32')(
  '[cli-doctor] names a data folder that cannot be written',
  async () => {
    const parent = mkdtempSync(join(tmpdir(), 'mysticanvas-read-only-'))
    writeFileSync(join(parent, 'file'), '')
    chmodSync(parent, 0o500)
    // Permissions do not hold the superuser back, but nobody can make a folder inside a file.
    const folder = join(parent, process.getuid?.() === 0 ? 'file' : '.', 'data')
    const { code, findings } = await examine(folder)
    rmSync(parent, { recursive: true, force: true })
    expect(code).toBe(1)
    expect(findings.get('Data folder')).toMatchObject({
      state: 'problem',
      found: `${folder} cannot be written.`,
    })
  },
)

test('[cli-doctor] writes a line for each finding, with what to do beneath', async () => {
  const folder = await createDataFolder({ queue_limit: 0 })
  const { code, stdout, stderr } = await runCommand(['doctor', '--data', folder])
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(stdout).toMatch(/^ok {7}Node\.js: v/)
  expect(stdout).toMatch(
    /^PROBLEM {2}Configuration: .*queue_limit.*\n {11}Correct the named fields of config\.json\.$/m,
  )
})
