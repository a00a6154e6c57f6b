import { performance } from 'node:perf_hooks'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { z } from 'zod'
import type { LanguageEndpoint } from '../../contracts/language.ts'
import type { RunningProduct } from '../../orchestrator/main.ts'
import type { Case, Decision } from './cases.ts'

const answerSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({
          tool_calls: z
            .array(z.object({ function: z.object({ name: z.string(), arguments: z.string() }) }))
            .nullish(),
        }),
      }),
    )
    .min(1),
})

/** A call and its result, as they stand in a transcript before what is said in each context. */
const turnsBefore = {
  none: null,
  after_image: ['generate', { prompt: 'a red boat on the sea' }, { ok: true, result: { generations: [] } }],
  after_results: ['search_history', { query: 'boat' }, { ok: true, result: { generations: [{}, {}, {}] } }],
  after_styles: ['get_styles', {}, { ok: true, result: { styles: [{}, {}] } }],
  after_error: [
    'generate',
    { prompt: 'a red boat on the sea' },
    { ok: false, error: { code: 'engine_failed' } },
  ],
} as const

/** Asks each case anew, one after another. The first answer is asked for twice: it waits for the model. */
export async function askEach(product: RunningProduct, cases: readonly Case[]): Promise<Decision[]> {
  const tools = await offeredTools(product)
  const endpoint = await product.domain.languageModels.endpoint()
  const decisions: Decision[] = []
  for (const asked of [...cases.slice(0, 1), ...cases]) decisions.push(await decide(endpoint, tools, asked))
  return decisions.slice(1)
}

/** The product's tools as an agent is offered them, in the form a language model is told of them. */
async function offeredTools({ url, token }: RunningProduct): Promise<object[]> {
  const client = new Client({ name: 'assistant', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit }))
  const { tools } = await client.listTools()
  await client.close()
  return tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: { name, description, parameters: inputSchema },
  }))
}

async function decide(endpoint: LanguageEndpoint, tools: object[], asked: Case): Promise<Decision> {
  const body = { model: endpoint.model, messages: transcriptOf(asked), tools, temperature: 0 }
  const began = performance.now()
  const response = await endpoint.fetch(`${endpoint.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  const milliseconds = performance.now() - began
  if (!response.ok) throw new Error(`The model did not answer: ${text}`)
  const call = answerSchema.parse(JSON.parse(text)).choices[0]?.message.tool_calls?.[0]?.function
  return {
    asked,
    tool: call?.name ?? 'reply',
    arguments: call === undefined ? {} : (JSON.parse(call.arguments) as Record<string, unknown>),
    milliseconds,
  }
}

function transcriptOf({ say, context }: Case): object[] {
  const before = turnsBefore[context]
  if (before === null) return [{ role: 'user', content: say }]
  const [name, given, result] = before
  const call = { id: 'call-1', type: 'function', function: { name, arguments: JSON.stringify(given) } }
  return [
    { role: 'user', content: 'a red boat on the sea' },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: call.id, content: JSON.stringify(result) },
    { role: 'assistant', content: 'Here you are.' },
    { role: 'user', content: say },
  ]
}
