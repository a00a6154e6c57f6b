/**
 * What engines say when memory runs out: ggml about its buffers, the drivers of graphics cards (CUDA, HIP, Vulkan, Metal),
 * the C++ library, the engine's runtime and the system.
 */
const words: readonly RegExp[] = [
  /out of (device |host )?memory/i,
  /ErrorOutOf(Device|Host)?Memory|OUT_OF_(DEVICE|HOST)_MEMORY|MemoryAllocation\b/,
  /insufficient memory/i,
  /not enough (memory|space in the (buffer|context))/i,
  /cannot allocate memory/i,
  /(failed|unable) to (allocate|reserve (virtual )?memory)/i,
  /alloc(ation)?\b.{0,40}\bfailed/i,
  /(cuda|hip|cublas)Malloc\w* failed|CUBLAS_STATUS_ALLOC_FAILED/i,
  /std::bad_alloc/,
]

/** True where an engine's message or last words say that memory ran out. */
export function saysOutOfMemory(text: string): boolean {
  return words.some((pattern) => pattern.test(text))
}
