import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as openRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languageWorkerHealthSchema, languageWorkerRoutes } from '../../contracts/language-worker.ts'
import { workerRoutes } from '../../contracts/worker.ts'
import { assistantTools } from '../support/language-requests.ts'
import { writeTinyModel } from '../support/tiny-language-model.ts'
import {
  endWorkers,
  languageWorkerScript,
  startWorkerProcess,
  waitUntil,
  type WorkerProcess,
} from '../support/worker-process.ts'

interface Completion {
  readonly choices: {
    readonly message: {
      readonly content: string | null
      readonly tool_calls?: { readonly function: { readonly name: string; readonly arguments: string } }[]
    }
    readonly finish_reason: string
  }[]
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number }
}

const hello = { model: 'tiny', messages: [{ role: 'user', content: 'hello there' }], max_tokens: 40 }

/** The real worker with the real engine, and models of random weights. */
describe('the language worker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-language-'))
  const elsewhere = mkdtempSync(join(tmpdir(), 'mysticanvas-elsewhere-'))
  const common = { chat_template: 'auto', context_tokens: 1024, threads: 1, gpu_layers: 0 }
  const tiny = {
    ...common,
    name: 'tiny',
    kind: 'gguf',
    file: writeTinyModel(folder, 'tiny.gguf', { architecture: 'qwen2' }),
  }
  const chat = {
    ...common,
    name: 'mysticanvas-chat',
    kind: 'built_in',
    file: writeTinyModel(folder, 'chat.gguf'),
  }
  let worker: WorkerProcess

  beforeAll(async () => {
    worker = await startWorkerProcess({
      script: languageWorkerScript,
      configuration: { model_folders: [folder] },
    })
  })
  afterAll(async () => {
    await endWorkers()
    for (const made of [folder, elsewhere]) rmSync(made, { recursive: true })
  })

  const post = (path: string, body: unknown) => worker.client.call('POST', path, body)
  const load = (specification: object) => post(workerRoutes.load, specification)
  const complete = async (body: object) => (await post(languageWorkerRoutes.chat, body)).body as Completion
  const health = async () =>
    languageWorkerHealthSchema.parse((await worker.client.call('GET', workerRoutes.health)).body)

  /** The data of each event of a streamed answer. */
  async function stream(body: object): Promise<Record<string, unknown>[]> {
    const text = await open({ ...body, stream: true }).text
    return text
      .split('\n\n')
      .filter((event) => event.startsWith('data: {'))
      .map((event) => JSON.parse(event.slice('data: '.length)) as Record<string, unknown>)
  }

  /** Sends a request of its own, which can be left. */
  function open(body: object): { text: Promise<string>; leave: () => void } {
    const { address } = worker.ready
    if (address.kind !== 'tcp') throw new Error('It listens on a port.')
    const { promise, resolve } = Promise.withResolvers<string>()
    const call = openRequest({
      host: '127.0.0.1',
      port: address.port,
      method: 'POST',
      path: languageWorkerRoutes.chat,
      agent: false,
      headers: { authorization: `Bearer ${worker.token}`, 'content-type': 'application/json' },
    })
    call.on('error', () => resolve(''))
    call.on('response', (reply) => {
      let text = ''
      reply.setEncoding('utf8')
      reply.on('data', (chunk: string) => (text += chunk))
      reply.on('close', () => resolve(text))
      reply.on('error', () => undefined)
    })
    call.end(JSON.stringify(body))
    return { text: promise, leave: () => call.destroy() }
  }

  it('[language-health] says who it is before any model is loaded, and refuses to answer without one', async () => {
    expect(await health()).toMatchObject({
      state: 'idle',
      models: [],
      engine: { name: 'node-llama-cpp', version: worker.ready.versions['node-llama-cpp'] },
      language: { context_tokens: null, requests: 0 },
    })
    const refused = await post(languageWorkerRoutes.chat, hello)
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'language_model_not_loaded' } } })
  })

  it('[language-model-files] opens GGUF files in the model folders and nothing else', async () => {
    const outside = writeTinyModel(elsewhere, 'tiny.gguf')
    const text = join(folder, 'notes.gguf')
    writeFileSync(text, 'These are notes.')
    const codeOf = async (file: string) =>
      ((await load({ ...tiny, file })).body as { error: { code: string } }).error.code
    expect(await codeOf(outside)).toBe('model_path_not_allowed')
    expect(await codeOf(join(folder, '..', outside.split('/').at(-2) ?? '', 'tiny.gguf'))).toBe(
      'model_path_not_allowed',
    )
    expect(await codeOf(text)).toBe('model_file_invalid')
    expect(await codeOf(join(folder, 'none.gguf'))).toBe('model_file_missing')
    expect((await health()).models).toEqual([])
  })

  it('[language-chat] answers, the same at temperature 0, and the same in pieces', async () => {
    await load(tiny)
    const whole = await complete(hello)
    const again = await complete(hello)
    const chunks = await stream({ ...hello, stream_options: { include_usage: true } })
    const text = whole.choices[0]?.message.content ?? ''
    expect(text.length).toBeGreaterThan(0)
    expect(again.choices).toEqual(whole.choices)
    expect(again.usage).toEqual(whole.usage)
    expect(whole.usage.completion_tokens).toBeGreaterThan(0)
    const deltas = chunks.flatMap((chunk) => chunk['choices'] as { delta: { content?: string } }[])
    expect(deltas.map(({ delta }) => delta.content ?? '').join('')).toBe(text)
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage })
    const other = await complete({ ...hello, temperature: 2, seed: 5 })
    expect(other.choices[0]?.message.content).not.toBe(text)
    expect(await health()).toMatchObject({ state: 'idle', language: { requests: 4, device: 'cpu' } })
  })

  it('[language-tools] decodes calls that fit the schemas, bounds of numbers and choices among them', async () => {
    const tools = [
      {
        type: 'function',
        function: {
          name: 'generate',
          parameters: {
            type: 'object',
            properties: {
              prompt: { type: 'string', maxLength: 12 },
              count: { type: 'integer', minimum: 1, maximum: 4 },
              aspect: { enum: ['portrait', 'square'] },
            },
            required: ['prompt', 'aspect'],
          },
        },
      },
    ]
    for (const seed of [1, 2, 3, 4, 5]) {
      const made = await complete({
        ...hello,
        tools,
        tool_choice: 'required',
        max_tokens: 300,
        temperature: 1,
        seed,
      })
      const [choice] = made.choices
      const [call] = choice?.message.tool_calls ?? []
      expect(choice?.finish_reason).toBe('tool_calls')
      expect(call?.function.name).toBe('generate')
      const given = JSON.parse(call?.function.arguments ?? '') as Record<string, unknown>
      expect(typeof given['prompt']).toBe('string')
      expect(['portrait', 'square']).toContain(given['aspect'])
      expect([undefined, 1, 2, 3, 4]).toContain(given['count'])
    }
  })

  it('[language-json] writes data of a schema, without what may be left out and was', async () => {
    const schema = {
      type: 'object',
      properties: {
        title: { type: 'string', maxLength: 10 },
        stars: { type: 'integer', minimum: 1, maximum: 5 },
      },
      required: ['title'],
    }
    const made = await complete({
      ...hello,
      max_tokens: 300,
      response_format: { type: 'json_schema', json_schema: { name: 'review', schema } },
    })
    const data = JSON.parse(made.choices[0]?.message.content ?? '') as Record<string, unknown>
    expect(typeof data['title']).toBe('string')
    expect([undefined, 1, 2, 3, 4, 5]).toContain(data['stars'])
  })

  it('[language-purge] gives its context up on request and goes on as if nothing had been', async () => {
    const before = await complete(hello)
    expect((await health()).language.context_bytes).toBeGreaterThan(0)
    await post(languageWorkerRoutes.purgeContext, {})
    expect(await health()).toMatchObject({
      models: [{ key: 'tiny' }],
      language: { context_tokens: null, context_bytes: 0 },
    })
    expect((await complete(hello)).choices).toEqual(before.choices)
    await post(workerRoutes.unload, {})
    expect(await health()).toMatchObject({ models: [], language: { context_bytes: 0 } })
    await load(tiny)
    expect((await complete(hello)).choices).toEqual(before.choices)
  })

  it('[language-abort] stops when the client goes, and the next request is answered', async () => {
    const long = open({ ...hello, max_tokens: 900, stream: true })
    await waitUntil(async () => (await health()).state === 'working', 10_000)
    long.leave()
    await waitUntil(async () => (await health()).state === 'idle', 10_000)
    expect((await complete(hello)).choices).toHaveLength(1)
  })

  it('[language-turns] answers several requests one after the other, none of them lost', async () => {
    const answers = await Promise.all([1, 2, 3].map((max_tokens) => complete({ ...hello, max_tokens })))
    expect(answers.map(({ usage }) => usage.completion_tokens)).toEqual([1, 2, 3])
  })

  it('[language-overflow] says that a conversation is too long, with the figures', async () => {
    const messages = [{ role: 'user', content: 'word '.repeat(2000) }]
    const refused = await post(languageWorkerRoutes.chat, { ...hello, messages })
    expect(refused).toMatchObject({
      status: 413,
      body: { error: { code: 'language_context_exceeded', details: { context_tokens: 1024 } } },
    })
    const cut = await complete({ ...hello, max_tokens: 5000 })
    expect(['length', 'stop']).toContain(cut.choices[0]?.finish_reason)
  })

  it('makes vectors, the same for the same text', async () => {
    const made = await post(languageWorkerRoutes.embeddings, { model: 'tiny', input: ['a', 'b', 'a'] })
    const { data } = made.body as { data: { embedding: number[] }[] }
    expect(data).toHaveLength(3)
    expect(data[0]?.embedding).toEqual(data[2]?.embedding)
    expect(data[0]?.embedding).not.toEqual(data[1]?.embedding)
  })

  it('refuses what it cannot read, by name', async () => {
    const refused = await post(languageWorkerRoutes.chat, { model: 'tiny', messages: [] })
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } })
    const foreign = await post(languageWorkerRoutes.chat, { ...hello, model: 'gpt-5' })
    expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'language_model_unknown' } } })
  })

  describe('with the built-in model', () => {
    const say = (content: string) => ({ model: chat.name, messages: [{ role: 'user', content }] })

    it('[language-unknown-tools] replies where none of the tools offered is its own', async () => {
      await load(chat)
      const tools = [
        { type: 'function', function: { name: 'launch', parameters: { type: 'object', properties: {} } } },
      ]
      for (const tool_choice of ['auto', 'required']) {
        const made = await complete({ ...say('launch it'), tools, tool_choice })
        expect(made.choices[0]?.message.tool_calls).toBeUndefined()
        expect(made.choices[0]?.finish_reason).toBe('stop')
      }
    })

    it('[language-own-tools] calls only what is offered, with arguments the product takes, or asks', async () => {
      const tools = assistantTools()
      for (const words of ['a red boat "on" the sea 🙂', 'styles?', 'the 3rd one', '\\ {}']) {
        const made = await complete({ ...say(words), tools, tool_choice: 'required' })
        const [choice] = made.choices
        const call = choice?.message.tool_calls?.[0]
        const asked = choice?.message.content === 'What should the picture show?'
        const offered = tools.some((tool) => tool.function.name === call?.function.name)
        expect(asked || offered).toBe(true)
      }
    })

    it('[language-too-long] says that a text is too long for it', async () => {
      const made = await complete({ ...say('word '.repeat(2000)), tools: assistantTools() })
      expect(made.choices[0]?.message.content).toMatch(/fewer words/)
    })

    it('says that it cannot write data of a schema', async () => {
      const response_format = { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } }
      const refused = await post(languageWorkerRoutes.chat, { ...say('hello'), response_format })
      expect(refused).toMatchObject({ status: 422, body: { error: { code: 'language_model_incapable' } } })
    })
  })
})
