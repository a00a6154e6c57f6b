import { collectSettings, unreadField, type FieldMeaning } from './collect-settings.ts'
import {
  follow,
  readPromptGraph,
  readWorkflowGraph,
  sourceOf,
  valueOf,
  type ComfyGraph,
  type ComfyNode,
} from './comfy-graph.ts'
import type { FoundRecipe, PictureTexts } from './found-recipe.ts'
import { asObject, parseJsonObject } from './parse-json.ts'

const meanings: Readonly<Record<string, FieldMeaning>> = {
  prompt: 'prompt',
  negative_prompt: 'negative_prompt',
  seed: 'seed',
  steps: 'steps',
  cfg: 'guidance',
  sampler_name: 'sampler',
  scheduler: 'scheduler',
  denoise: 'strength',
  width: 'width',
  height: 'height',
  model: 'model',
  clip_skip: 'clip_skip',
}

/** Nodes that are read, or that change nothing about a recipe. All others are named as unknown. */
const knownNodes =
  /^(KSampler(Advanced|Select)?|SamplerCustom(Advanced)?|BasicScheduler|RandomNoise|(Basic|CFG)Guider|FluxGuidance|CLIPTextEncode(SDXL|Flux)?|Empty\w*LatentImage|CheckpointLoader(Simple)?|UNETLoader|LoraLoader(ModelOnly)?|CLIPSetLastLayer|VAE(Decode|DecodeTiled|Encode|Loader)|(Dual|Triple)?CLIPLoader|SaveImage|PreviewImage|LoadImage|ConditioningZeroOut|ModelSampling\w+|Primitive\w*|Note|MarkdownNote|Reroute)$/

/**
 * Reads the graph that ComfyUI writes: as it was run in `prompt`, as it was drawn in `workflow`. From the sampler it
 * follows the connections to the prompts, the size, the model and its LoRAs. Graphs are programs, so this can be partial:
 * nodes it does not know are named.
 * Sources: `SaveImage` in `nodes.py` and `SaveAnimatedWEBP` in `comfy_extras/nodes_images.py` of ComfyUI; the workflow
 * schema in its documentation.
 */
export function readComfy(texts: PictureTexts): FoundRecipe | null {
  const comment = parseJsonObject(texts.get('usercomment'))
  const graph =
    readPromptGraph(parseJsonObject(texts.get('prompt')) ?? asObject(comment?.['prompt'])) ??
    readWorkflowGraph(parseJsonObject(texts.get('workflow')) ?? asObject(comment?.['workflow']))
  if (graph === null) return null
  const sampler = chooseSampler(graph)
  const { settings, unread } = collectSettings(sampler === null ? [] : fieldsOf(graph, sampler), meanings)
  // Without a picture it starts from, the strength says nothing.
  if (settings.strength === 1) delete settings.strength
  const unknown = unknownNodes(graph)
  const notes = unknown === '' ? [] : [unreadField('Unknown nodes', unknown)]
  const missing = sampler === null ? [unreadField('Graph', 'It has no sampler that is known here.')] : []
  return { tool: 'ComfyUI', own: null, settings, unread: [...unread, ...notes, ...missing] }
}

/** The sampler that begins with noise; in a graph that enlarges its picture there are more of them. */
function chooseSampler(graph: ComfyGraph): ComfyNode | null {
  const samplers = [...graph.values()].filter(({ type }) =>
    /^(KSampler(Advanced)?|SamplerCustom(Advanced)?)$/.test(type),
  )
  return samplers.find((node) => isEmptyLatent(sourceOf(graph, node, 'latent_image'))) ?? samplers[0] ?? null
}

function* fieldsOf(graph: ComfyGraph, sampler: ComfyNode): Generator<[string, unknown]> {
  const guider = sourceOf(graph, sampler, 'guider') ?? sampler
  const positive = promptPath(
    graph,
    sourceOf(graph, guider, 'positive') ?? sourceOf(graph, guider, 'conditioning'),
  )
  const negative = promptPath(graph, sourceOf(graph, guider, 'negative'))
  yield ['prompt', textOf(graph, positive)]
  yield ['negative_prompt', textOf(graph, negative)]
  const parts = [
    sampler,
    guider,
    ...['noise', 'sampler', 'sigmas'].map((input) => sourceOf(graph, sampler, input)),
  ]
  for (const part of parts) {
    yield ['seed', valueOf(graph, part, 'seed') ?? valueOf(graph, part, 'noise_seed')]
    for (const name of ['steps', 'cfg', 'sampler_name', 'scheduler', 'denoise']) {
      const value =
        part === sampler || part?.inputs[name] !== undefined ? valueOf(graph, part, name) : undefined
      yield [name, value]
    }
  }
  const guidance = positive.find(({ type }) => type === 'FluxGuidance')
  if (guidance !== undefined) yield ['FluxGuidance', valueOf(graph, guidance, 'guidance')]
  yield* sizeFields(graph, sampler)
  yield* modelFields(graph, guider)
}

function* sizeFields(graph: ComfyGraph, sampler: ComfyNode): Generator<[string, unknown]> {
  const latent = follow(graph, sourceOf(graph, sampler, 'latent_image'), ['samples']).find(isEmptyLatent)
  yield ['width', valueOf(graph, latent ?? null, 'width')]
  yield ['height', valueOf(graph, latent ?? null, 'height')]
}

function* modelFields(graph: ComfyGraph, start: ComfyNode): Generator<[string, unknown]> {
  for (const node of follow(graph, sourceOf(graph, start, 'model'), ['model'])) {
    const lora = valueOf(graph, node, 'lora_name')
    if (typeof lora === 'string')
      yield ['LoRA', `${lora} (${String(valueOf(graph, node, 'strength_model'))})`]
    yield ['model', valueOf(graph, node, 'ckpt_name') ?? valueOf(graph, node, 'unet_name')]
  }
  const lastLayer = [...graph.values()].find(({ type }) => type === 'CLIPSetLastLayer')
  const skipped = Number(valueOf(graph, lastLayer ?? null, 'stop_at_clip_layer'))
  // It counts from the end: -2 leaves out the last layer, which is a skip of 2 elsewhere.
  if (skipped < 0) yield ['clip_skip', -skipped]
}

/** From a conditioning to the node with the words, past those that only change it. */
function promptPath(graph: ComfyGraph, start: ComfyNode | null): ComfyNode[] {
  return follow(graph, start, ['conditioning', 'positive', 'conditioning_1', 'conditioning_to'])
}

function textOf(graph: ComfyGraph, path: readonly ComfyNode[]): unknown {
  // What is zeroed out has no words, whatever stands before it.
  if (path.some(({ type }) => type === 'ConditioningZeroOut')) return undefined
  for (const node of path) {
    for (const name of ['text', 'text_g', 't5xxl', 'clip_l', 'prompt']) {
      const text = valueOf(graph, node, name)
      if (typeof text === 'string') return text
    }
  }
  return undefined
}

function isEmptyLatent(node: ComfyNode | null): boolean {
  return node !== null && /^Empty\w*Latent/.test(node.type)
}

function unknownNodes(graph: ComfyGraph): string {
  const types = [...graph.values()].map(({ type }) => type).filter((type) => !knownNodes.test(type))
  return [...new Set(types)].join(', ')
}
