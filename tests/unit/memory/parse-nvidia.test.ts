import { describe, expect, test } from 'vitest'
import {
  parseNvidiaCards,
  parseNvidiaProcesses,
} from '../../../orchestrator/supervision/memory/parse-nvidia.ts'

const mebibyte = 1024 * 1024
const uuid = (index: number) => `GPU-${String(index).padStart(8, '0')}-5d1c-1f0a-7d35-0b1f4c2e9a6d`
const card = (index: number, figures: string) =>
  `${index}, ${uuid(index)}, NVIDIA GeForce RTX 4090, ${figures}`

describe('cards of NVIDIA', () => {
  test('[memory-probes] a card is read with its memory in bytes', () => {
    expect(parseNvidiaCards(`${card(0, '24564, 1337, 22754')}\n`)).toEqual([
      {
        index: 0,
        uuid: uuid(0),
        name: 'NVIDIA GeForce RTX 4090',
        totalBytes: 24_564 * mebibyte,
        freeBytes: 22_754 * mebibyte,
      },
    ])
  })

  test('[memory-probes] ten cards are ten, in the order of their numbers', () => {
    const output = Array.from({ length: 10 }, (_, index) => card(index, `81559, ${index}, ${81_559 - index}`))
    const cards = parseNvidiaCards(output.join('\n'))
    expect(cards.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(cards[9]?.freeBytes).toBe(81_550 * mebibyte)
  })

  test('[memory-probes] a card split by MIG, which tells no memory, is left out; its neighbour is not', () => {
    const split = `0, ${uuid(0)}, NVIDIA A100-SXM4-80GB, [N/A], [N/A], [N/A]`
    const insufficient = `2, ${uuid(2)}, NVIDIA A100-SXM4-80GB, 81920, [Insufficient Permissions], [Insufficient Permissions]`
    const cards = parseNvidiaCards([split, card(1, '24564, 0, 24564'), insufficient].join('\n'))
    expect(cards.map(({ index }) => index)).toEqual([1])
  })

  test('[memory-probes] what is free follows from what is used where only that is told', () => {
    expect(parseNvidiaCards(card(0, '8192, 1024, [N/A]'))[0]?.freeBytes).toBe(7168 * mebibyte)
  })

  test.each([
    ['nothing', ''],
    ['no devices', 'No devices were found\n'],
    [
      'a broken driver',
      "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n",
    ],
    ['a mismatch', 'Failed to initialize NVML: Driver/library version mismatch\n'],
    ['half a line', `0, ${uuid(0)}, NVIDIA`],
  ])('[memory-probes] %s is no card', (_, output) => {
    expect(parseNvidiaCards(output)).toEqual([])
  })
})

describe('processes on cards of NVIDIA', () => {
  test('[memory-probes] each process is read with its card', () => {
    const output = `${uuid(0)}, 4242, 2048\n${uuid(1)}, 17, 512\n`
    expect(parseNvidiaProcesses(output)).toEqual([
      { uuid: uuid(0), pid: 4242, bytes: 2048 * mebibyte },
      { uuid: uuid(1), pid: 17, bytes: 512 * mebibyte },
    ])
  })

  test('[memory-probes] a process that does not tell its memory is left out, as under Windows', () => {
    expect(parseNvidiaProcesses(`${uuid(0)}, 4242, [N/A]\n${uuid(0)}, 17, 512`)).toHaveLength(1)
  })

  test('[memory-probes] no processes are none', () => {
    expect(parseNvidiaProcesses('')).toEqual([])
    expect(parseNvidiaProcesses('No running processes found\n')).toEqual([])
  })
})
