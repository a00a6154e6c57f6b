"""How vocabularies are written down: a meaning, and after it all ways to say it, parted by commas."""


def split(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {meaning: tuple(words.split(", ")) for meaning, words in table.items()}
