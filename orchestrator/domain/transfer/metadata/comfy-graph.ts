import { asArray, asObject, type JsonObject } from './parse-json.ts'

/** One step of a ComfyUI graph. An input is a value, or the place it comes from: `[id of a node, number of its output]`. */
export interface ComfyNode {
  readonly type: string
  readonly inputs: JsonObject
}

/** The steps of a graph, by their ids. */
export type ComfyGraph = ReadonlyMap<string, ComfyNode>

/** Larger graphs are nothing a person drew. */
const mostNodes = 5000

/** Settings in the order in which a workflow lists them without names; null for what is no input. */
const widgetOrders: Readonly<Record<string, readonly (string | null)[]>> = {
  KSampler: ['seed', null, 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
  KSamplerAdvanced: [null, 'noise_seed', null, 'steps', 'cfg', 'sampler_name', 'scheduler'],
  KSamplerSelect: ['sampler_name'],
  BasicScheduler: ['scheduler', 'steps', 'denoise'],
  RandomNoise: ['noise_seed'],
  CFGGuider: ['cfg'],
  FluxGuidance: ['guidance'],
  CLIPTextEncode: ['text'],
  CLIPTextEncodeFlux: ['clip_l', 't5xxl', 'guidance'],
  EmptyLatentImage: ['width', 'height'],
  EmptySD3LatentImage: ['width', 'height'],
  CheckpointLoaderSimple: ['ckpt_name'],
  UNETLoader: ['unet_name'],
  LoraLoader: ['lora_name', 'strength_model', 'strength_clip'],
  LoraLoaderModelOnly: ['lora_name', 'strength_model'],
  CLIPSetLastLayer: ['stop_at_clip_layer'],
}

/** The graph as it was run: `{ id: { class_type, inputs } }`; null where it is none. */
export function readPromptGraph(content: JsonObject | null): ComfyGraph | null {
  const nodes = Object.entries(content ?? {})
    .slice(0, mostNodes)
    .flatMap(([id, value]): [string, ComfyNode][] => {
      const node = asObject(value)
      const type = node?.['class_type']
      return typeof type === 'string' ? [[id, { type, inputs: asObject(node?.['inputs']) ?? {} }]] : []
    })
  return nodes.length === 0 ? null : new Map(nodes)
}

/** The graph as it was drawn: lists of nodes and of links. Settings of unknown nodes have no names there and are left out. */
export function readWorkflowGraph(content: JsonObject | null): ComfyGraph | null {
  const sources = new Map(
    asArray(content?.['links']).map((link) => {
      const [id, from, output] = asArray(link)
      return [id, [String(from), output]] as const
    }),
  )
  const nodes = asArray(content?.['nodes'])
    .slice(0, mostNodes)
    .flatMap((value): [string, ComfyNode][] => {
      const node = asObject(value)
      const type = node?.['type']
      return typeof type === 'string' ? [[String(node?.['id']), toNode(type, node ?? {}, sources)]] : []
    })
  return nodes.length === 0 ? null : new Map(nodes)
}

function toNode(
  type: string,
  node: JsonObject,
  sources: ReadonlyMap<unknown, readonly unknown[]>,
): ComfyNode {
  const names = (Object.hasOwn(widgetOrders, type) ? widgetOrders[type] : undefined) ?? []
  const values = asArray(node['widgets_values'])
  const settings = names.flatMap((name, index) => (name === null ? [] : [[name, values[index]] as const]))
  const links = asArray(node['inputs']).flatMap((value) => {
    const input = asObject(value)
    const source = sources.get(input?.['link'])
    return source === undefined ? [] : [[String(input?.['name']), source] as const]
  })
  return { type, inputs: Object.fromEntries([...settings, ...links]) }
}

/** The node an input comes from; null where it is a value or leads nowhere. */
export function sourceOf(graph: ComfyGraph, node: ComfyNode | null, input: string): ComfyNode | null {
  const link = node?.inputs[input]
  return Array.isArray(link) ? (graph.get(String(link[0])) ?? null) : null
}

/** The nodes along one kind of connection, nearest first, each once; `inputs` in the order of preference. */
export function follow(graph: ComfyGraph, node: ComfyNode | null, inputs: readonly string[]): ComfyNode[] {
  const path: ComfyNode[] = []
  for (let next = node; next !== null && !path.includes(next);) {
    path.push(next)
    const current: ComfyNode = next
    const name = inputs.find((input) => sourceOf(graph, current, input) !== null)
    next = name === undefined ? null : sourceOf(graph, current, name)
  }
  return path
}

/** The value of an input; one that comes from a node which only holds a value is looked up there. */
export function valueOf(graph: ComfyGraph, node: ComfyNode | null, input: string): unknown {
  const value = node?.inputs[input]
  if (!Array.isArray(value)) return value
  const holder = sourceOf(graph, node, input)
  const held = ['value', 'text', 'string', 'int', 'float', 'seed', 'number', 'prompt'].find((name) => {
    const candidate = holder?.inputs[name]
    return typeof candidate === 'string' || typeof candidate === 'number'
  })
  return held === undefined ? undefined : holder?.inputs[held]
}
