/**
 * Those of some pictures that have left a wall which is ordered newest first. Pictures beyond either end of what is loaded
 * are only not loaded; one that should be among the loaded and is not is gone.
 *
 * @param loaded the ids on the wall, newest first
 */
export function goneFromWall(ids: Iterable<string>, loaded: readonly string[]): Set<string> {
  const there = new Set(loaded)
  const [newest, oldest] = [Number(loaded[0]), Number(loaded.at(-1))]
  return new Set([...ids].filter((id) => !there.has(id) && Number(id) < newest && Number(id) > oldest))
}
