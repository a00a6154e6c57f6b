import { randomUUID } from 'node:crypto'
import { ProductError, type ErrorCode } from '../../../contracts/errors.ts'
import type { LanguageEndpoint } from '../../../contracts/language.ts'
import { currentRequestId } from '../../foundation/request-context.ts'
import type { StoredLanguagePreset } from '../../storage/language-presets.ts'
import { replyWithError } from '../../supervision/worker-fetch.ts'
import { checkRemoteUrl } from './remote-url.ts'
import { withDefaults } from './request-defaults.ts'

type RemotePreset = StoredLanguagePreset & { readonly source: { readonly kind: 'remote' } }

/** What a server's refusal means, where its status tells. */
const refusals: Readonly<Record<number, ErrorCode>> = {
  401: 'language_endpoint_refused',
  403: 'language_endpoint_refused',
  404: 'language_endpoint_refused',
}

/**
 * A language model behind an address of a person's choice. It is asked nothing but what the product asks of language models,
 * redirects are not followed, and its key goes to that address alone.
 */
export function remoteEndpoint({ source, settings }: RemotePreset): LanguageEndpoint {
  const baseUrl = checkRemoteUrl(source.url)
  return {
    baseUrl,
    model: source.model,
    kind: 'remote',
    contextTokens: settings.context_tokens,
    maxOutputTokens: settings.max_output_tokens,
    async fetch(input, init) {
      const requestId = currentRequestId() ?? randomUUID()
      const url = input instanceof Request ? input.url : String(input)
      if (!url.startsWith(`${baseUrl}/`))
        throw new Error('A language model is asked at its own address alone.')
      const headers = new Headers(init?.headers)
      headers.set('x-request-id', requestId)
      if (source.api_key !== null) headers.set('authorization', `Bearer ${source.api_key}`)
      const defaults = url.endsWith('/chat/completions') ? { temperature: settings.temperature } : {}
      const body = withDefaults(init?.body, defaults)
      try {
        const reply = await fetch(url, { ...init, headers, body, redirect: 'manual' })
        return await translate(reply, requestId)
      } catch (cause) {
        init?.signal?.throwIfAborted()
        // The message of the cause may hold the address; the key is in none of them.
        return replyWithError(
          new ProductError('language_endpoint_unreachable', undefined, { cause }),
          requestId,
        )
      }
    },
  }
}

/** Refusals in our own words and with a code; what the server itself says stands in the details. */
async function translate(reply: Response, requestId: string): Promise<Response> {
  if (reply.ok) return reply
  const redirected = reply.status >= 300 && reply.status < 400
  const code = redirected ? 'language_endpoint_foreign' : refusals[reply.status]
  if (code === undefined) return reply
  const said = (await reply.text().catch(() => '')).slice(0, 500)
  return replyWithError(
    new ProductError(code, undefined, { details: { status: reply.status, said } }),
    requestId,
  )
}
