"""Places, times of day and weather: complete phrases, as they follow what they tell more about."""

from .words import split

PLACES = split({
    "meadow": "in a meadow, in the meadow, in a field, in a grassy field, on the grass, on a hill, in the hills, in the countryside, in a pasture, on rolling hills, on a lawn, in a valley, in the grass, on a prairie, on a hillside, in the fields, on a plain, in grassland, in a flower meadow, on a farm, outdoors, outside, in nature, in a park, on a golf course, in a field of wildflowers",
    "forest": "in a forest, in the forest, in the woods, in a wood, among trees, in the jungle, in a pine forest, in woodland, in a grove, in the wilderness, in a clearing, between fir trees, in a dark forest, in the rainforest, in an enchanted forest, among the pines, in a thicket, in the bushes, deep in the woods, in the taiga, under the trees",
    "mountains": "in the mountains, on a mountain, in front of mountains, near the peaks, in the alps, by a mountain, among snowy peaks, in the highlands, below the summit, with mountains behind, in a mountain valley, in the himalayas, on a summit, by a cliff, near a volcano, on a ridge, in the rockies, on a mountainside, at the foot of a mountain",
    "desert": "in a desert, in the desert, on sand dunes, in the sahara, among dunes, on dry sand, in a canyon, in the dunes, in the outback, on desert sand, in a wasteland, in arizona, in egypt, on the steppe, in the savanna, in death valley, on a dry plain, at an oasis",
    "snow field": "in the snow, in a snowy field, in snow, on snow, in winter, in a winter landscape, on a snowy hill, on the ice, in the arctic, in a snow field, in the tundra, at the north pole, on a glacier, in a wintry field, in fresh snow, in antarctica, in lapland, in a frozen land, in wintertime",
    "garden": "in a garden, in the garden, in a backyard, by a fence, in front of a fence, in a flower garden, by a hedge, among flowers, in the yard, in a flower bed, behind a picket fence, in a front yard, in a botanical garden, in an orchard, on a patio, in the backyard, in a greenhouse, at a garden party",
    "city": "in a city, in the city, in a street, on the street, downtown, in front of skyscrapers, in new york, in a metropolis, on a road, in the street, in an urban street, on an avenue, in tokyo, in town, on a highway, among buildings, before a skyline, in an alley, on the pavement, in chicago, in london, on a city street, in manhattan, at a crossing, in a parking lot, in the suburbs",
    "village": "in a village, in the village, in a small town, on a village square, among cottages, in a hamlet, in a market square, in an old town, between houses, in a settlement, on the town square, on a village street, in a fishing village, in a medieval town, on a courtyard, at a market, in a tuscan town, in a neighborhood",
    "space": "in space, in outer space, among the stars, in a galaxy, in the cosmos, in orbit, in the universe, near a planet, floating in space, in the milky way, between planets, in deep space, in a nebula, among galaxies, in the void, on the moon, in zero gravity, near saturn, beyond the stars, in the solar system",
    "room": "in a room, in the room, indoors, in a living room, inside, in a house, at home, in a bedroom, on the floor, in a nursery, by a window, on a rug, in an apartment, in a kitchen, in an office, on a wooden floor, in a classroom, in a studio, in a hallway, on a carpet, in a playroom, inside a house, in a cafe, in a museum, in an empty room",
    "sea": "on the sea, at sea, on the ocean, in the ocean, on the water, on the waves, in the sea, on the open sea, out at sea, over the sea, above the waves, on the high seas, on the atlantic, on the pacific, in the waves, over the ocean, in the mediterranean, on stormy seas, above the water",
    "lake": "on a lake, on the lake, in a lake, on a pond, in a pond, on a river, by a lake, on calm water, over a lake, on a lagoon, on a mountain lake, on the river, on still water, on a loch, in a fjord, on a stream, in a bay, on a reservoir",
    "beach": "on a beach, on the beach, at the beach, on the shore, on the coast, at the seaside, on the sand, by the sea, by the ocean, on an island, on a tropical beach, at the shore, on the seashore, on sandy ground, on holiday, on a coastline, by the shore, on a sandy beach, in hawaii, in the caribbean, on a desert island, in summer",
    "underwater": "underwater, under water, under the sea, beneath the waves, below the surface, on the seabed, in the deep sea, at the bottom of the sea, undersea, in a coral reef, in an aquarium, in the depths, on the ocean floor, on a reef, in atlantis, beneath the sea, in the deep",
})

TIMES = split({
    "day": "by day, during the day, at noon, in daylight, at midday, in the daytime, in the sunshine, in bright light, in the afternoon, on a bright day",
    "morning": "in the morning, at dawn, at sunrise, in the early morning, at daybreak, in morning light, at first light, in soft light, on a spring morning, at breakfast time",
    "sunset": "at sunset, at dusk, in the evening, at twilight, during sunset, in the golden hour, at sundown, in the evening light, against the setting sun, at golden hour, in warm light, in autumn light",
    "night": "at night, at midnight, by night, in the moonlight, under the stars, under a starry sky, in the dark, after dark, under the moon, in the night, on a dark night, at nighttime, on a starry night, by moonlight, in darkness, under a full moon, on halloween night, late at night",
})

WEATHERS = split({
    "clear": "under a clear sky, on a sunny day, in good weather, in the sun, on a fine day, in clear weather, with no clouds",
    "cloudy": "under clouds, on a cloudy day, under a cloudy sky, on an overcast day, in gloomy weather, in dull weather, on a gloomy day, with dark clouds, on a windy day",
    "rain": "in the rain, on a rainy day, in a storm, in rainy weather, during a rainstorm, in a downpour, in heavy rain, in a thunderstorm, in wet weather, during a shower, in drizzle, in april showers, in pouring rain",
    "snow": "in falling snow, in a snowstorm, while it snows, on a snowy day, in a blizzard, with snowflakes falling, during snowfall, in a snow flurry, as it is snowing, in a winter storm",
    "fog": "in the fog, in mist, on a foggy day, in a misty haze, in thick fog, in hazy weather, in the haze, in a misty morning haze, on a misty day, in dense fog, in smoke, in a dreamy haze",
})

#: One word before the subject that says the time or the weather: "a moonlit castle".
TIME_WORDS = split({
    "day": "daytime, sunlit, midday",
    "morning": "sunrise, dawn, early",
    "sunset": "sunset, twilight, evening",
    "night": "night, moonlit, starlit, nighttime, nocturnal, midnight",
})
WEATHER_WORDS = split({
    "clear": "sunny, clear",
    "cloudy": "cloudy, overcast, gloomy, dreary, stormy, somber",
    "rain": "rainy, wet, rainswept, soaked, drenched",
    "snow": "snowy, frosty, snowing, icy, frozen",
    "fog": "foggy, misty, hazy, ghostly",
})
