import { category } from './library-style.ts'

export const print = category('Print', [
  [
    'woodblock',
    'Woodblock print',
    'Flat colour and flowing line, as in old Edo.',
    'japanese woodblock print of {prompt}, flowing key lines, flat colour areas, graded sky, visible wood grain',
    'photo, 3d render, heavy shading',
  ],
  [
    'linocut',
    'Linocut',
    'Bold cuts in one colour.',
    'linocut of {prompt}, bold carved marks, one ink colour on cream paper, uneven pressure',
    'gradients, photo, fine detail',
    'square',
  ],
  [
    'risograph',
    'Risograph',
    'Two bright inks that do not quite meet.',
    'risograph print of {prompt}, two spot colours, coarse halftone, slight misregistration, uncoated paper',
    'full colour, photo, smooth gradients',
  ],
  [
    'travel-poster',
    'Travel poster',
    'Big shapes that make one want to go.',
    'mid-century travel poster of {prompt}, simplified bold shapes, sunny limited palette, screen print texture',
    'photo, lettering, clutter',
    'portrait',
  ],
  [
    'engraving',
    'Engraving',
    'Like a plate in an old encyclopedia.',
    'copperplate engraving of {prompt}, parallel contour lines, stippled shadows, antique book plate',
    'colour, photo, blur',
  ],
  [
    'halftone-comic',
    'Comic book',
    'Black outlines and dots of colour.',
    'comic book panel of {prompt}, heavy black outlines, halftone dots, primary colours, dynamic angle',
    'photo, speech bubbles, lettering',
  ],
  [
    'stamp',
    'Postage stamp',
    'Tiny, framed and exact.',
    'engraved postage stamp design of {prompt}, fine line shading, one or two colours, ornamental border',
    'photo, lettering, clutter',
  ],
])
