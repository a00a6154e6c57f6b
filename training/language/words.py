"""Words that descriptions are built from, so that slots are filled with far more than the phrasings themselves hold."""

NOUNS = """lighthouse samurai octopus teapot hedgehog windmill submarine volcano jellyfish skeleton typewriter umbrella cactus
penguin accordion glacier carousel kangaroo zeppelin mushroom pumpkin violin giraffe satellite crocodile vineyard helicopter
aquarium dinosaur sunflower astronaut scarecrow harbour walrus gondola labyrinth parrot raccoon pagoda chandelier mermaid
beetle canyon meadow locomotive pelican saxophone ballerina otter koala dragon castle fox cat dog horse river mountain forest
beach city street house garden robot knight wizard ship boat train car bicycle moon star planet galaxy flower rose tree leaf
bird owl eagle fish whale shark tiger lion bear wolf rabbit mouse deer queen child woman girl boy soldier pirate princess
village bridge tower church temple desert island cave lake waterfall field market kitchen library window door table chair lamp
book clock sword crown guitar piano bread cake apple coffee bottle hat coat mask storm cloud snowman mirror angel ghost monster
spider snake frog turtle butterfly bee elephant monkey panda goat cow sheep duck swan camel grandmother fisherman nurse chef
tram lantern kite balloon puppet compass telescope greenhouse cottage barn subway laundromat diner phone skateboard motorbike
anchor bakery croissant cheese lemon teacup suitcase postcard bookshop alley rooftop balcony courtyard staircase fireplace
campfire tent canoe hammock scarf sweater boots helmet backpack ladder bench fountain statue cathedral market stall orchard
haystack tractor windmill fence well pond heron badger squirrel hamster goldfish seahorse crab lobster squid dolphin seal
orca moth firefly dragonfly ladybird snail worm crow raven sparrow robin seagull flamingo peacock ostrich llama alpaca yak
bison moose lynx leopard panther sloth armadillo""".split()

ADJECTIVES = """red green blue yellow purple pink orange black white golden silver brown small big tiny huge old young ancient
modern dark bright happy sad angry sleepy beautiful ugly wild calm misty foggy sunny rainy snowy cosy lonely magical glowing
broken rusty wooden glass paper fluffy furry cute scary giant little tall round flying running dancing sleeping burning frozen
floating hidden lost crimson turquoise steampunk majestic dusty velvet translucent weathered grumpy elegant lavender emerald
abandoned mossy playful haunted colossal shimmering ivory bronze mechanical whimsical stormy wet striped spotted upside-down
half-finished overgrown neon crooked tired proud shy curious bored melancholy sunlit moonlit backlit medieval futuristic
knitted copper marble clay plastic smiling crying barefoot bearded one-eyed three-legged two-headed invisible""".split()

PLACES = """on a hill|in the rain|under the sea|at sunset|at dawn|in a forest clearing|on the moon|in a teacup|by the window
at the end of the pier|in an empty swimming pool|beside a frozen lake|in the snow|on top of a skyscraper|in a crowded market
inside a snow globe|at the bottom of the ocean|under a streetlight|in the desert|on a tiny island|in grandma's kitchen
at a bus stop|in a library|on a train|behind a waterfall|in outer space|among tall grass|in front of a church|at night
in the fog|on a rooftop|in a cave full of crystals|near a river|in an old barn|on a foggy morning|in autumn|at the beach
between two mountains|over the city|in a bathtub|in zero gravity|on the kitchen table|in the middle of the road
in a small village|by candlelight|at golden hour|in Paris|in Tokyo|in Venice|in the 1920s|in the year 3000""".replace("\n", "|").split("|")

ACTIONS = """reading a newspaper|playing chess|drinking tea|riding a bicycle|eating spaghetti|dancing|sleeping|flying a kite
wearing a top hat|holding an umbrella|playing the violin|looking at the stars|chasing a butterfly|baking bread|fishing
waiting for the bus|painting a self portrait|jumping over a fence|climbing a ladder|made of glass|made of stone
carved from wood|covered in moss|full of flowers|with tiny wings|with a red scarf|with a long beard|with glasses
wearing sunglasses|carrying a lantern|sitting on a throne|building a sandcastle|fighting a robot|hugging a bear
melting in the sun|on fire|singing karaoke|taking a selfie|surfing|skateboarding|doing yoga|reading to children
sailing a paper boat|hiding behind a curtain|with too many teeth|knitting a sweater|watering plants""".replace("\n", "|").split("|")

LIGHTS = """soft light|dramatic lighting|golden hour|wide angle|close up|from above|shallow depth of field|lots of detail|muted colours
bright colours|pastel colours|long shadows|low angle|bird's eye view|bokeh|volumetric fog|rim light|film grain|high contrast
very detailed|minimal|cinematic|moody|warm tones|cold tones|sharp focus|intricate|empty background""".replace("\n", "|").split("|")

STYLES = """watercolour|watercolor|oil painting|pixel art|anime|noir|film noir|sketch|pencil sketch|neon|cyberpunk|photo|photograph
comic|comic book|cartoon|impressionist|impressionism|3d render|low poly|charcoal|vintage|minimalist|pop art|fantasy|gothic
art deco|art nouveau|ukiyo-e|claymation|line art|stained glass|risograph|woodcut|vaporwave|linocut|pastel|baroque|graffiti
blueprint|mosaic|origami|pointillism|synthwave|steampunk|gouache|ink wash|ink|engraving|etching|children's book|storybook
crayon|chalk|fresco|surrealist|surrealism|cubist|cubism|expressionist|abstract|polaroid|sepia|black and white|monochrome
cinematic|studio ghibli|pixar|disney|lego|papercut|paper cutout|felt|embroidery|tapestry|collage|glitch|double exposure
tilt-shift|macro|fashion photography|propaganda poster|travel poster|movie poster|album cover|tattoo|sticker|logo|icon
isometric|voxel|8-bit|16-bit|psychedelic|art brut|bauhaus|brutalist|rococo|renaissance|medieval|byzantine|japanese woodblock
chinese ink|sumi-e|batik|street art|stencil|airbrush|digital painting|concept art|matte painting|caricature|manga|chibi
webtoon|graphic novel|halftone|screen print|lithograph|daguerreotype|cyanotype|infrared|long exposure|night vision|x-ray
blueprint|technical drawing|botanical illustration|scientific illustration|map|diorama|miniature|toy|plush|balloon|ice
marble sculpture|bronze|wood carving|neon sign|chalkboard|retro|retrofuturism|dieselpunk|solarpunk|cottagecore|dark academia
y2k|grunge|lofi|dreamy|van gogh|monet|picasso|rembrandt|warhol|hokusai|dali|klimt|mucha|vermeer|banksy|basquiat
moody forest|soft focus|golden hour|cozy winter|sunday morning|my comic|blue dream|old film""".replace("\n", "|").split("|")

UNWANTED = """people|text|words|letters|watermark|logo|blur|blurry background|clouds|trees|cars|hands|faces|red|shadows|birds|animals
frames|borders|signature|extra fingers|extra limbs|buildings|grass|glasses|hats|smoke|blood|weapons|snow|water|flowers
bright colours|black and white|noise|grain|lens flare|cartoon look|buttons|windows|lamps|a signature|any people|any text
bad anatomy|low quality|the moon|background people""".replace("\n", "|").split("|")
