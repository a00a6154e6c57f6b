import {
  ResourceNotFoundError,
  ResourceTemplate,
  type McpServer,
  type ReadResourceResult,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { scopeOf } from '../contracts/agent.ts'
import type { Generation } from '../contracts/entities/generation.ts'
import { ProductError } from '../contracts/errors.ts'
import { clientOf } from './client.ts'
import type { McpParts } from './parts.ts'
import { toInertJson } from '../contracts/untrusted.ts'

const generationPath = 'mysticanvas://generations/'
const statusUri = 'mysticanvas://status'
const stylesUri = 'mysticanvas://styles'

/** The most of a picture that a resource holds, in characters of base64. */
const previewCharacters = 56_000

/** How many of the newest pictures are listed, and looked through for a completion. */
const listed = { resources: 20, completions: 100 }

/** The most styles that are read at once; a person has some dozens. */
const stylesRead = 200

/** A picture as a resource. Its name says nothing that anyone wrote. */
export function linkTo({ id, recipe }: Generation) {
  return {
    uri: `${generationPath}${id}`,
    name: `picture-${id}`,
    title: `Picture ${id}`,
    description: `${recipe.width}x${recipe.height} pixels. Reading it gives a small preview and the recipe.`,
  }
}

/** Publishes what can be looked at: pictures with their recipes, the styles there are, and how the product is. */
export function registerResources(server: McpServer, parts: McpParts): void {
  const template = new ResourceTemplate(`${generationPath}{generation}`, {
    list: async () => {
      const { generations } = await parts.invoke('list_generations', {
        limit: listed.resources,
        state: 'completed',
      })
      return { resources: generations.map(linkTo) }
    },
    complete: { generation: (begun) => completeGeneration(parts, begun) },
  })
  const description = 'A picture: a preview of at most 256 pixels, and the recipe it was made with.'
  server.registerResource(
    'generation',
    template,
    { title: 'Picture', description },
    (uri, variables, context) => readGeneration(parts, uri, String(variables['generation']), context),
  )
  server.registerResource(
    'status',
    statusUri,
    {
      title: 'System status',
      description: 'What runs, what waits, memory and disk.',
      mimeType: 'application/json',
    },
    async (uri) => ({
      contents: [
        {
          uri: uri.href,
          mimeType: 'application/json',
          text: toInertJson(await parts.invoke('get_system_status', {})),
        },
      ],
    }),
  )
  registerStyles(server, parts)
}

/** Publishes the styles: name, category and what they look like. Their templates are in get_styles. */
function registerStyles(server: McpServer, { invoke }: McpParts): void {
  const about = { title: 'Styles', description: 'The styles there are.', mimeType: 'application/json' }
  server.registerResource('styles', stylesUri, about, async (uri) => {
    const { styles, next_cursor } = await invoke('get_styles', { limit: stylesRead })
    const names = styles.map(({ name, category, description }) => ({ name, category, description }))
    const text = toInertJson({ styles: names, more: next_cursor !== null })
    return { contents: [{ uri: uri.href, mimeType: about.mimeType, text }] }
  })
}

async function readGeneration(
  { invoke, pictures }: McpParts,
  uri: URL,
  reference: string,
  context: ServerContext,
): Promise<ReadResourceResult> {
  const client = scopeOf(clientOf(context))
  const generation = await invoke('get_generation', { generation: reference }, { client }).catch(
    (error: unknown) => {
      const isUnknown =
        error instanceof ProductError && ['generation_not_found', 'invalid_input'].includes(error.code)
      throw isUnknown ? new ResourceNotFoundError(uri.href) : error
    },
  )
  const preview =
    generation.state === 'completed' ? await pictures.preview(generation.id, previewCharacters) : null
  return {
    contents: [
      { uri: uri.href, mimeType: 'application/json', text: toInertJson(generation) },
      ...(preview === null ? [] : [{ uri: uri.href, mimeType: preview.mime, blob: preview.base64 }]),
    ],
  }
}

async function completeGeneration({ invoke }: McpParts, begun: string): Promise<string[]> {
  const { generations } = await invoke('list_generations', { limit: listed.completions })
  return ['last', ...generations.map(({ id }) => id)].filter((id) => id.startsWith(begun))
}
