const mebibyte = 1024 * 1024

/** What an import takes in, and no more. Sizes are in bytes. */
export const importLimits = {
  /** A picture's file. The largest picture the engine makes has 4096 x 4096 pixels and stays well below. */
  pictureBytes: 80 * mebibyte,
  /** A side of a picture in pixels, and all of its pixels. */
  side: 16_384,
  pixels: 128 * mebibyte,
  archiveBytes: 8192 * mebibyte,
  /** Entries of an archive. */
  archiveEntries: 200_000,
  /** How many times larger than its packed form an entry may be, beyond its first megabyte. Pictures hardly pack at all. */
  archiveRatio: 100,
  uploads: 10_000,
  /** How deep folders may lie in each other. */
  depth: 64,
} as const
