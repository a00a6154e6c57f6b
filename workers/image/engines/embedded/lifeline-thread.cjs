/**
 * Runs beside the engine's main thread, which loading a model blocks: ends the process as soon as the worker's end of
 * descriptor 4 is gone, and gives a sign of life each second.
 */
const Pipe = require('bare-pipe')
const { kill, constants } = require('bare-os')

const lifeline = new Pipe(4)

// By force: an orderly exit would wait for the computation under way.
function leave() {
  kill(Bare.pid, constants.signals.SIGKILL)
}

lifeline.on('data', () => {})
lifeline.on('end', leave)
lifeline.on('error', leave)
lifeline.on('close', leave)
setInterval(() => lifeline.write('{"type":"alive"}\n'), 1000)
