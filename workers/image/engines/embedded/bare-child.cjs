/**
 * The engine's own process, run by the `bare` runtime (not by Node, which cannot load the addon).
 * It talks to the worker in JSON lines over descriptor 3; `messages.ts` says which. Descriptor 4 is the lifeline's.
 */
const { Thread } = Bare

// Before anything that may block: from here on, this process cannot outlive the worker.
Thread.create(require.resolve('./lifeline-thread.cjs'))

const Pipe = require('bare-pipe')
const nativeLog = require('@qvac/diffusion-cpp/addonLogging')
const { ImgStableDiffusion } = require('@qvac/diffusion-cpp')

const worker = new Pipe(3)
let model = null

function send(message) {
  worker.write(JSON.stringify(message) + '\n')
}

/** Loading blocks this thread until it is done; the lifeline's thread gives the signs of life meanwhile. */
async function load({ files, config }) {
  model = new ImgStableDiffusion({ files, config, opts: { stats: true }, logger: null })
  try {
    await model.load()
    send({ type: 'loaded' })
  } catch (error) {
    // The native log says why, and its lines arrive after the error.
    setTimeout(() => send({ type: 'load-failed', message: textOf(error) }), 100)
  }
}

async function generate({ parameters, init_image_base64 }) {
  const source = init_image_base64 === null ? {} : { init_image: Buffer.from(init_image_base64, 'base64') }
  let statistics = {}
  try {
    const response = await model.run({ ...parameters, ...source })
    response.on('stats', (figures) => {
      statistics = figures
    })
    response.onUpdate(reportUpdate)
    await response.await()
    send({ type: 'done', statistics })
  } catch (error) {
    send({ type: 'failed', message: textOf(error) })
  }
}

/** The addon's updates are steps as JSON text and finished pictures as bytes. */
function reportUpdate(update) {
  if (typeof update === 'string') {
    const { step, total } = JSON.parse(update)
    send({ type: 'tick', step, total })
  } else {
    send({ type: 'image', png_base64: Buffer.from(update).toString('base64') })
  }
}

function textOf(error) {
  return String((error && error.message) || error)
}

function obey(order) {
  if (order.type === 'load') void load(order)
  else if (order.type === 'generate') void generate(order)
  else if (order.type === 'cancel') void model.cancel()
}

nativeLog.setLogger((level, text) => send({ type: 'log', level, text: String(text).trim() }))
setInterval(() => send({ type: 'beat' }), 1000)

let parts = []
worker.on('data', (chunk) => {
  let rest = chunk
  let end = rest.indexOf(10)
  while (end >= 0) {
    parts.push(rest.subarray(0, end))
    obey(JSON.parse(Buffer.concat(parts).toString()))
    parts = []
    rest = rest.subarray(end + 1)
    end = rest.indexOf(10)
  }
  if (rest.length > 0) parts.push(Buffer.from(rest))
})
// The lifeline's thread ends the process; here the broken pipe only must not be taken for a bug.
worker.on('error', () => {})
