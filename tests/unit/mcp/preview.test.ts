import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ServerContext } from '@modelcontextprotocol/server'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { configSchema } from '../../../contracts/config.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { McpParts } from '../../../mcp-server/parts.ts'
import { runTool } from '../../../mcp-server/tools/run-tool.ts'
import { boundedPreview } from '../../../orchestrator/domain/pictures/bounded-preview.ts'
import { putGenerationFile } from '../../../orchestrator/storage/generation-files.ts'
import { picturePath, resolveInside } from '../../../orchestrator/storage/picture-paths.ts'
import { fill, openGallery } from '../gallery/support.ts'
import { memoryDatabase, storeGeneration, temporaryFolder } from '../storage/support.ts'

/** Lets every call in. */
const unguarded: Pick<McpParts, 'guard' | 'limits' | 'clientOf'> = {
  clientOf: () => ({ name: 'some-client', version: null }),
  guard: (_client, _tool, _input, carryOut) => carryOut(),
  limits: configSchema.parse({}).agents,
}

/** Noise is what compresses worst. */
async function noise(side: number): Promise<Buffer> {
  const raw = { width: side, height: side, channels: 3 } as const
  return sharp(randomBytes(side * side * 3), { raw })
    .png()
    .toBuffer()
}

function keep(
  database: Parameters<typeof putGenerationFile>[0],
  folder: string,
  id: number,
  png: Buffer,
): void {
  const path = picturePath(id, 'original')
  mkdirSync(dirname(resolveInside(folder, path)), { recursive: true })
  writeFileSync(resolveInside(folder, path), png)
  putGenerationFile(database, {
    generation_id: id,
    role: 'original',
    path,
    sha256: 'ab'.repeat(32),
    bytes: png.length,
    width: 1024,
    height: 1024,
    mime: 'image/png',
  })
}

test('[mcp-preview-bounded] a preview keeps to its size, whatever it shows', async () => {
  const folder = temporaryFolder()
  const database = memoryDatabase()
  storeGeneration(database, 1)
  keep(database, folder, 1, await noise(1024))
  for (const most of [56_000, 14_000, 4000]) {
    const preview = await boundedPreview(database, folder, '1', most)
    expect(preview?.base64.length).toBeLessThanOrEqual(most)
    const { format, width } = await sharp(Buffer.from(preview?.base64 ?? '', 'base64')).metadata()
    expect(format).toBe('webp')
    expect(width).toBeLessThanOrEqual(256)
  }
  expect(await boundedPreview(database, folder, '1', 100)).toBeNull()
})

test('[mcp-preview-bounded] a picture without a file, or with one that is no picture, has none', async () => {
  const folder = temporaryFolder()
  const database = memoryDatabase()
  storeGeneration(database, 1)
  expect(await boundedPreview(database, folder, '1', 56_000)).toBeNull()
  keep(database, folder, 1, Buffer.from('not a picture'))
  expect(await boundedPreview(database, folder, '1', 56_000)).toBeNull()
})

test.each([1, 4])('[mcp-preview-bounded] %i pictures of 1024 pixels cost less than 60 KB', async (count) => {
  const folder = temporaryFolder()
  const { database, views, events } = openGallery()
  fill(database, ...Array.from({ length: count }, () => 'noise'))
  const png = await noise(1024)
  const generations = views.many(Array.from({ length: count }, (_, index) => index + 1))
  for (const { id } of generations) keep(database, folder, Number(id), png)
  const parts = {
    ...unguarded,
    callTool: () => Promise.resolve({ generations, estimate: null }),
    subscribe: (listener: () => void) => events.subscribe(listener),
    pictures: {
      preview: (id: string, most: number) => boundedPreview(database, folder, id, most),
      path: () => '/somewhere.png',
    },
  } as unknown as McpParts
  const context = { mcpReq: { signal: new AbortController().signal } } as ServerContext
  const result = await runTool(parts, 'generate', { prompt: 'noise' }, context)
  expect(result.content.map(({ type }) => type).filter((type) => type === 'image')).toHaveLength(count)
  expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThanOrEqual(60 * 1024)
})

test('[mcp-same-errors] a bug is told without its text, and reported', async () => {
  const told: unknown[] = []
  const parts = {
    ...unguarded,
    callTool: () => Promise.reject(new Error('a secret')),
    requestId: () => 'r-1',
    onError: (error: unknown) => told.push(error),
  } as unknown as McpParts
  const context = { mcpReq: { signal: new AbortController().signal } } as ServerContext
  const result = await runTool(parts, 'generate', {}, context)
  expect(JSON.stringify(result)).not.toContain('a secret')
  expect(result).toMatchObject({
    isError: true,
    _meta: { 'mysticanvas/error': { code: 'internal_error', request_id: 'r-1', retryable: true } },
  })
  expect(told).toHaveLength(1)
  const refused = { ...parts, callTool: () => Promise.reject(new ProductError('queue_full')) } as McpParts
  const text = JSON.stringify((await runTool(refused, 'generate', {}, context)).content)
  expect(text).toContain('Error queue_full')
  expect(text).toContain('Trying again later may help.')
})
