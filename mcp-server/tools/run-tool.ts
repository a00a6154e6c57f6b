import type { CallToolResult, ContentBlock, ServerContext } from '@modelcontextprotocol/server'
import type { AgentClient } from '../../contracts/agent.ts'
import type { CapabilityName } from '../../contracts/capabilities/index.ts'
import type { Generation } from '../../contracts/entities/generation.ts'
import { errorTable, toErrorBody } from '../../contracts/errors.ts'
import { sizeOf } from '../guards/result-size.ts'
import type { McpParts } from '../parts.ts'
import { tellProgress } from '../progress.ts'
import { presentationOf } from './presentation.ts'
import { linkTo } from '../resources.ts'

/** The most of one result that is pictures, in characters of base64: what a client pays for all previews together. */
const previewCharacters = 56_000

/** What a picture costs beside its base64, in bytes of JSON. */
const aroundPreview = 64

/** The key under which a failed result carries its error for programs. */
const errorKey = 'mysticanvas/error'

/** Carries out one tool call. A failure that was foreseen is a result like any other, so that the model can act on it. */
export async function runTool(
  parts: McpParts,
  name: CapabilityName,
  input: unknown,
  context: ServerContext,
): Promise<CallToolResult> {
  const client = parts.clientOf(context)
  try {
    return await parts.guard(client, name, input, () => carryOut(parts, client, name, input, context))
  } catch (error) {
    return toFailure(error, parts)
  }
}

async function carryOut(
  parts: McpParts,
  client: AgentClient,
  name: CapabilityName,
  input: unknown,
  context: ServerContext,
): Promise<CallToolResult> {
  const over = new AbortController()
  const { defaults, text, pictures } = presentationOf(name)
  const signal = context.mcpReq.signal
  const onWait = (generations: readonly string[]) => {
    over.signal.addEventListener('abort', tellProgress(parts.subscribe, context, generations))
  }
  try {
    const given = { ...defaults, ...(input as object) }
    const output = await parts.callTool(client, name, given, { signal, onWait })
    return await showPictures(parts, pictures?.(output) ?? [], {
      content: [{ type: 'text', text: text(output, parts) }],
      structuredContent: output,
    })
  } finally {
    over.abort()
  }
}

/** Adds the finished pictures to a result: a link to each, and previews as far as the room for a result goes. */
async function showPictures(
  { pictures, limits }: McpParts,
  generations: readonly Generation[],
  result: CallToolResult,
): Promise<CallToolResult> {
  const finished = generations.filter(({ state }) => state === 'completed')
  if (finished.length === 0) return result
  const links = finished.map((generation): ContentBlock => ({ type: 'resource_link', ...linkTo(generation) }))
  const room = limits.result_bytes - sizeOf({ ...result, content: [...result.content, ...links] })
  const share = Math.floor(Math.min(previewCharacters, room) / finished.length) - aroundPreview
  const blocks = finished.map(async ({ id }, index): Promise<ContentBlock[]> => {
    const preview = await pictures.preview(id, share)
    const image = preview && { type: 'image' as const, data: preview.base64, mimeType: preview.mime }
    return [image ?? [], links[index] ?? []].flat()
  })
  return { ...result, content: [...result.content, ...(await Promise.all(blocks)).flat()] }
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
