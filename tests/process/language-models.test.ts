import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { configSchema } from '../../contracts/config.ts'
import { languageSettingsSchema } from '../../contracts/entities/language-preset.ts'
import type { StoredEvent } from '../../contracts/events.ts'
import { EventBus } from '../../orchestrator/domain/event-bus.ts'
import { checkPreset } from '../../orchestrator/domain/language/check-preset.ts'
import { createLanguage } from '../../orchestrator/domain/language/language.ts'
import { dataPaths, prepareDataFolder } from '../../orchestrator/foundation/paths.ts'
import { languageWorkerCommand } from '../../orchestrator/language-worker-command.ts'
import type { WritableDatabase } from '../../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../../orchestrator/storage/database.ts'
import { migrate } from '../../orchestrator/storage/migrate.ts'
import { writeTinyModel } from '../support/tiny-language-model.ts'
import { waitUntil } from '../support/worker-process.ts'

const settings = languageSettingsSchema.parse({
  context_tokens: 1024,
  threads: 1,
  gpu_layers: 0,
  temperature: 0,
})
const apiKey = 'sk-very-secret-0123456789'

/** The service the assistant asks for its model, with the real worker and the real database. */
describe('language models', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-language-'))
  const paths = dataPaths(folder)
  const told: StoredEvent[] = []
  const lines: string[] = []
  let database: WritableDatabase
  let language: ReturnType<typeof createLanguage>

  beforeAll(() => {
    prepareDataFolder(paths)
    database = openDatabase(paths.database)
    migrate(database, { backupFolder: paths.backups, now: Date.now() })
    const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    const events = new EventBus(database, logger)
    events.subscribe((event) => void told.push(event))
    language = createLanguage({
      config: configSchema.parse({ ipc: 'pipe' }),
      paths,
      database,
      events,
      logger,
      modelFolders: [paths.models],
      command: languageWorkerCommand,
    })
    writeTinyModel(paths.models, 'tiny.gguf')
  })
  afterAll(async () => {
    await language.supervisor.stop()
    closeDatabase(database)
    rmSync(folder, { recursive: true })
  })

  const saveTiny = () =>
    language.presets.save({
      id: 'tiny',
      name: 'Tiny',
      source: { kind: 'gguf', file: join(paths.models, 'tiny.gguf') },
      ...settings,
    })

  async function ask(body: object, signal?: AbortSignal): Promise<Response> {
    const endpoint = await language.models.endpoint(signal)
    return endpoint.fetch(`${endpoint.baseUrl}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({
        model: endpoint.model,
        messages: [{ role: 'user', content: 'hello' }],
        ...body,
      }),
      ...(signal === undefined ? {} : { signal }),
    })
  }

  it('[language-presets] adds a file, puts it in use, and goes back to the built-in one when it is removed', async () => {
    expect((await language.presets.list()).presets.map(({ id, chosen }) => [id, chosen])).toEqual([
      ['mysticanvas-chat', true],
    ])
    await saveTiny()
    expect(await language.presets.choose('tiny')).toMatchObject({
      chosen: true,
      availability: { state: 'ready' },
    })
    language.presets.delete('tiny')
    expect((await language.presets.list()).presets).toMatchObject([{ id: 'mysticanvas-chat', chosen: true }])
    const changes = told.filter(({ event }) => event.type === 'language-presets-changed')
    expect(changes.map(({ event }) => 'chosen' in event && event.chosen)).toEqual([
      'mysticanvas-chat',
      'tiny',
      'mysticanvas-chat',
    ])
    await expect(language.presets.choose('tiny')).rejects.toMatchObject({ code: 'preset_not_found' })
    expect(() => language.presets.delete('mysticanvas-chat')).toThrow(/Built-in/)
  })

  it('[language-lazy] starts the worker with the first request, through a pipe', async () => {
    await saveTiny()
    await language.presets.choose('tiny')
    expect(language.supervisor.status.state).toBe('stopped')
    const reply = await ask({ max_tokens: 8 })
    expect(reply.status).toBe(200)
    expect(await reply.json()).toMatchObject({ usage: { completion_tokens: 8 } })
    expect(language.supervisor.status.state).toBe('ready')
    expect(told.map(({ message }) => message)).toContain('The language worker is ready.')
    expect(await checkPreset(language.models, 'tiny')).toMatchObject({ preset: 'tiny' })
  })

  it('[language-release] gives memory back in both ways and takes it again by itself', async () => {
    await ask({ max_tokens: 4 })
    expect(await language.models.purgeContext()).toBeGreaterThan(0)
    expect(await language.models.purgeContext()).toBe(0)
    expect((await ask({ max_tokens: 4 })).status).toBe(200)
    expect(await language.models.unload()).toBeGreaterThan(400_000)
    expect((await ask({ max_tokens: 4 })).status).toBe(200)
  })

  it('[language-worker-killed] tells a stream that its worker died, and answers the next request', async () => {
    const reply = await ask({ max_tokens: 900, stream: true })
    const text = reply.text()
    const { pid } = language.supervisor.status
    process.kill(pid ?? 0, 'SIGKILL')
    const events = (await text).trim().split('\n\n')
    expect(JSON.parse((events.at(-1) ?? '').slice('data: '.length))).toMatchObject({
      error: { code: 'worker_unavailable' },
    })
    const next = await ask({ max_tokens: 4 })
    expect(next.status).toBe(200)
    expect(told.map(({ message }) => message).join()).toMatch(/language worker stopped unexpectedly/)
  })

  it('ends the work when the caller ends its request', async () => {
    const over = new AbortController()
    const reply = await ask({ max_tokens: 900, stream: true }, over.signal)
    over.abort()
    await expect(reply.text()).rejects.toThrow(/abort/i)
    const idle = () => language.supervisor.status.health?.state === 'idle'
    await waitUntil(idle, 10_000)
  })

  describe('behind an address', () => {
    const seen: IncomingMessage[] = []
    const bodies: string[] = []
    let answer: { status: number; body: string; headers?: Record<string, string> }
    let server: Server
    let url: string

    beforeAll(async () => {
      server = createServer((request, reply) => {
        seen.push(request)
        request.setEncoding('utf8')
        request.on('data', (chunk: string) => bodies.push(chunk))
        request.on('end', () => reply.writeHead(answer.status, answer.headers).end(answer.body))
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
    })
    afterAll(() => {
      server.close()
    })
    afterEach(() => {
      seen.length = 0
      bodies.length = 0
    })

    const save = (changes: object = {}) =>
      language.presets.save({
        id: 'remote',
        name: 'Remote',
        source: { kind: 'remote', url, model: 'some-model', api_key: apiKey, ...changes },
        ...settings,
      })
    const codeOfCheck = () =>
      checkPreset(language.models, 'remote').then(
        () => 'ok',
        (error: { code: string }) => error.code,
      )

    it('[language-remote] asks with the key, the model and the temperature of the preset', async () => {
      await save()
      answer = { status: 200, body: JSON.stringify({ choices: [{ message: { content: 'Hi.' } }] }) }
      expect(await checkPreset(language.models, 'remote')).toMatchObject({ text: 'Hi.' })
      expect(seen[0]?.url).toBe('/v1/chat/completions')
      expect(seen[0]?.headers).toMatchObject({
        authorization: `Bearer ${apiKey}`,
        'x-request-id': expect.any(String),
      })
      expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ model: 'some-model', temperature: 0 })
    })

    it('[language-key] shows the key nowhere, keeps it where it is left out, and for its own address alone', async () => {
      const saved = await save()
      expect(saved.source).toEqual({ kind: 'remote', url, model: 'some-model', has_key: true })
      expect((await save({ api_key: undefined })).source).toMatchObject({ has_key: true })
      expect((await save({ api_key: undefined, url: 'https://example.org/v1' })).source).toMatchObject({
        has_key: false,
      })
      expect((await save({ api_key: null })).source).toMatchObject({ has_key: false })
      await save()
      answer = { status: 401, body: 'no' }
      expect(await codeOfCheck()).toBe('language_endpoint_refused')
      const shown = JSON.stringify([await language.presets.list(), told]) + lines.join('')
      expect(shown).not.toContain(apiKey)
    })

    it('[language-remote-faults] says what is wrong with an address', async () => {
      await save()
      answer = { status: 200, body: '<html>Welcome</html>' }
      expect(await codeOfCheck()).toBe('language_endpoint_foreign')
      answer = { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/v1' } }
      expect(await codeOfCheck()).toBe('language_endpoint_foreign')
      expect(seen).toHaveLength(2)
      answer = { status: 500, body: 'out of order' }
      expect(await codeOfCheck()).toBe('language_endpoint_refused')
      await save({ url: 'http://127.0.0.1:1/v1' })
      expect(await codeOfCheck()).toBe('language_endpoint_unreachable')
    })

    it.each([
      'http://example.org/v1',
      'http://192.168.1.4:11434/v1',
      'http://127.0.0.1.example.org/v1',
      'https://me:secret@example.org/v1',
      'https://example.org/v1?key=secret',
      'file:///etc/passwd',
    ])('[language-remote-addresses] refuses %s', async (address) => {
      await expect(save({ url: address })).rejects.toMatchObject({ code: 'language_url_not_allowed' })
    })
  })
})
