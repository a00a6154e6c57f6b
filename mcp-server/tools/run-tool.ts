import type { CallToolResult, ContentBlock, ServerContext } from '@modelcontextprotocol/server'
import type { CapabilityName } from '../../contracts/capabilities/index.ts'
import type { Generation } from '../../contracts/entities/generation.ts'
import { errorTable, toErrorBody } from '../../contracts/errors.ts'
import { clientOf } from '../client.ts'
import type { McpParts } from '../parts.ts'
import { tellProgress } from '../progress.ts'
import { presentationOf } from './presentation.ts'
import { linkTo } from '../resources.ts'

/** The most of one result that is pictures, in characters of base64: what a client pays for all previews together. */
const previewCharacters = 56_000

/** The key under which a failed result carries its error for programs. */
const errorKey = 'mysticanvas/error'

/** Carries out one tool call. A failure that was foreseen is a result like any other, so that the model can act on it. */
export async function runTool(
  parts: McpParts,
  name: CapabilityName,
  input: unknown,
  context: ServerContext,
): Promise<CallToolResult> {
  const over = new AbortController()
  try {
    const { defaults, text, pictures } = presentationOf(name)
    const output = await parts.callTool(
      clientOf(context),
      name,
      { ...defaults, ...(input as object) },
      {
        signal: context.mcpReq.signal,
        onWait: (generations) => {
          over.signal.addEventListener('abort', tellProgress(parts.subscribe, context, generations))
        },
      },
    )
    return {
      content: [
        { type: 'text', text: text(output, parts) },
        ...(await showPictures(parts, pictures?.(output) ?? [])),
      ],
      structuredContent: output,
    }
  } catch (error) {
    return toFailure(error, parts)
  } finally {
    over.abort()
  }
}

async function showPictures(
  { pictures }: McpParts,
  generations: readonly Generation[],
): Promise<ContentBlock[]> {
  const finished = generations.filter(({ state }) => state === 'completed')
  const share = Math.floor(previewCharacters / Math.max(finished.length, 1))
  const blocks = finished.map(async (generation): Promise<ContentBlock[]> => {
    const preview = await pictures.preview(generation.id, share)
    const link: ContentBlock = { type: 'resource_link', ...linkTo(generation) }
    return preview === null ? [link] : [{ type: 'image', data: preview.base64, mimeType: preview.mime }, link]
  })
  return (await Promise.all(blocks)).flat()
}

function toFailure(thrown: unknown, { requestId, onError }: McpParts): CallToolResult {
  const error = toErrorBody(thrown, requestId())
  if (error.code === 'internal_error') onError(thrown as Error)
  const { retryable } = errorTable[error.code]
  const again = retryable ? 'Trying again later may help.' : 'Trying the same again does not help.'
  return {
    isError: true,
    content: [
      {
        type: 'text',
        text: `Error ${error.code}: ${error.message} ${again} (request ${error.request_id ?? 'unknown'})`,
      },
    ],
    _meta: { [errorKey]: { ...error, retryable } },
  }
}
