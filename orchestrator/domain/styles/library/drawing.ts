import { category } from './library-style.ts'

export const drawing = category('Drawing', [
  ['pencil-sketch', 'Pencil sketch', 'Quick graphite lines on white paper.', 'pencil sketch of {prompt}', ''],
  [
    'charcoal',
    'Charcoal',
    'Smudged black and bare paper.',
    'charcoal drawing of {prompt}, smudged shadows, strong gesture, rough paper grain, erased highlights',
    'colour, clean lines, photo',
  ],
  [
    'pen-and-ink',
    'Pen and ink',
    'Fine hatching in black.',
    'pen and ink illustration of {prompt}, fine cross-hatching, confident outlines, pure black on white',
    'colour, grey gradients, blur',
  ],
  [
    'blueprint',
    'Blueprint',
    'White lines of a plan on blue.',
    'blueprint of {prompt}, thin white technical lines on deep blue paper, orthographic view, construction marks',
    'photo, shading, colours, perspective',
    'landscape',
  ],
  [
    'pastel-chalk',
    'Soft pastels',
    'Dusty colour on toned paper.',
    'soft pastel drawing of {prompt}, dusty blended colour, loose strokes, toned paper showing through',
    'hard edges, glossy, photo',
  ],
  [
    'childrens-crayon',
    'Crayon',
    'As a child would draw it.',
    "child's crayon drawing of {prompt}, wobbly lines, waxy bright colour, simple shapes, white paper",
    'realistic, perspective, fine detail',
    'square',
  ],
])
