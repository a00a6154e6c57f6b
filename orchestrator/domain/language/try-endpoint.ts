import { z } from 'zod'
import { errorReplySchema, fromErrorBody, ProductError } from '../../../contracts/errors.ts'
import type { LanguageEndpoint } from '../../../contracts/language.ts'

/** So long may a model take to say a few words, loading not included; milliseconds. */
const patienceMs = 60_000

const completionSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
})

/**
 * Has a model say a few words, to see whether it can be used.
 *
 * @throws ProductError what is wrong with it: `language_endpoint_unreachable`, `language_endpoint_refused`,
 * `language_endpoint_foreign`, or what the worker says
 */
export async function tryEndpoint(endpoint: LanguageEndpoint): Promise<string> {
  const patience = AbortSignal.timeout(patienceMs)
  try {
    const reply = await endpoint.fetch(`${endpoint.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: endpoint.model,
        messages: [{ role: 'user', content: 'hello' }],
        max_tokens: 32,
      }),
      signal: patience,
    })
    return readReply(reply.status, await reply.text())
  } catch (cause) {
    if (!patience.aborted) throw cause
    throw new ProductError('language_endpoint_unreachable', 'It did not answer within a minute.', { cause })
  }
}

function readReply(status: number, text: string): string {
  const body = parseJson(text)
  const refusal = errorReplySchema.safeParse(body)
  if (refusal.success) throw fromErrorBody(refusal.data.error)
  if (status >= 400) {
    const details = { status, said: text.slice(0, 500) }
    throw new ProductError('language_endpoint_refused', undefined, { details })
  }
  const completion = completionSchema.safeParse(body)
  if (!completion.success) throw new ProductError('language_endpoint_foreign')
  return completion.data.choices[0]?.message.content ?? ''
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
