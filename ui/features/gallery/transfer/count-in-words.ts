/** 1 picture; 2 pictures; 12,345 pictures. */
export function countInWords(count: number, one: string): string {
  return `${count.toLocaleString('en-GB')} ${one}${count === 1 ? '' : 's'}`
}
