import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { configSchema } from '../../../contracts/config.ts'
import { readConfiguration } from '../../../orchestrator/foundation/configuration.ts'

function configFile(text?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'config.json')
  if (text !== undefined) writeFileSync(path, text)
  return path
}

test('[contracts-config] without a file there is a default for everything', () => {
  const config = readConfiguration(configFile())
  expect(config).toEqual(configSchema.parse({}))
  expect(config).toMatchObject({
    port: 7801,
    host: '127.0.0.1',
    image_worker: { threads: 0, heartbeat_timeout_ms: 10_000 },
  })
})

test('[contracts-config] a file changes what it names, and nothing else', () => {
  const config = readConfiguration(configFile('{"port":8000,"image_worker":{"threads":2}}'))
  expect(config).toEqual(configSchema.parse({ port: 8000, image_worker: { threads: 2 } }))
  expect(config.image_worker.stall_timeout_ms).toBe(600_000)
})

test('[contracts-config] the command line is stronger than the file', () => {
  expect(readConfiguration(configFile('{"port":8000,"queue_limit":3}'), { port: 9000 })).toMatchObject({
    port: 9000,
    queue_limit: 3,
  })
})

test.each([
  ['{"prot":8000}', /prot/],
  ['{"port":70000}', /port/],
  ['{"port":"8000"}', /port/],
  ['{"image_worker":{"threads":-1,"speed":9}}', /image_worker.*image_worker/],
  ['{"model_folders":"/models"}', /model_folders/],
  ['[]', /config/],
  ['"text"', /config/],
  ['null', /config/],
  ['{"port":8000', /not valid JSON/],
  ['', /not valid JSON/],
  ['\0\x01\xff', /not valid JSON/],
])('[contracts-config] %j is refused, and what is wrong is named', (text, named) => {
  const path = configFile(text)
  expect(() => readConfiguration(path)).toThrow(
    expect.objectContaining({ code: 'invalid_config', message: expect.stringMatching(named) }),
  )
  expect(() => readConfiguration(path)).toThrow(path)
})

test('[contracts-config] a file that cannot be read is refused', () => {
  const path = configFile()
  mkdirSync(path)
  expect(() => readConfiguration(path)).toThrow(expect.objectContaining({ code: 'invalid_config' }))
})
