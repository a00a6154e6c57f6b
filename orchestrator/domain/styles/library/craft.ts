import { category } from './library-style.ts'

export const craft = category('Craft', [
  [
    'paper-cut',
    'Paper cut',
    'Layers of coloured paper with real shadows.',
    'layered paper cut art of {prompt}, crisp card edges, soft drop shadows between layers, harmonious colours',
    'photo of a real scene, painting, texture noise',
  ],
  [
    'origami',
    'Origami',
    'Folded from one sheet.',
    'origami model of {prompt}, sharp creases, folded paper facets, plain background, soft studio light',
    'realistic skin, clutter, cut paper',
    'square',
  ],
  [
    'stained-glass',
    'Stained glass',
    'Lit colour between dark lead.',
    'stained glass window of {prompt}, dark lead lines, glowing jewel colours, light from behind',
    'photo, soft edges, dull colours',
    'portrait',
  ],
  [
    'mosaic',
    'Mosaic',
    'A thousand small stones.',
    'roman mosaic of {prompt}, small irregular stone tiles, earthy colours, visible grout lines',
    'smooth gradients, photo',
  ],
  [
    'claymation',
    'Claymation',
    'Modelled by hand, thumb prints and all.',
    'claymation scene of {prompt}, plasticine figures, fingerprints, miniature set, warm practical lights',
    'flat drawing, realistic skin, smooth plastic',
  ],
  [
    'felted-wool',
    'Felted wool',
    'Soft, fuzzy and small.',
    'needle-felted wool model of {prompt}, fuzzy fibres, soft rounded forms, cosy tabletop scene',
    'hard surfaces, metal, realistic',
  ],
  [
    'embroidery',
    'Embroidery',
    'Thread on linen.',
    'embroidery of {prompt}, satin and chain stitches, raised coloured thread, linen cloth',
    'photo, paint, smooth surface',
    'square',
  ],
  [
    'ceramic',
    'Glazed ceramic',
    'Fired, glossy, a little crooked.',
    'glazed ceramic figurine of {prompt}, crackled glaze, pooled colour, handmade unevenness, neutral backdrop',
    'living skin, fabric, clutter',
  ],
])
