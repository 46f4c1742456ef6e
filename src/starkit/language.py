"""Is a text in English? Told offline, and told as no only when that is sure."""

import re
from functools import cache
from typing import Any

from starkit.errors import AdvertError

# Words that hardly any English sentence does without, and that other languages write otherwise.
# Left out for being words elsewhere: an, as, at, be, die, for, from, have, he, his, in, is, it,
# me, no, on, or, so, to, was, we.
_ENGLISH = frozenset(
    {"and", "the", "of", "to", "you", "your", "will", "with", "our", "this", "that"}
    | {"are", "by", "their", "they", "can", "must", "should", "would", "who", "which", "what"}
    | {"how", "when", "where", "these", "those", "other", "any", "all", "has", "been", "being"}
    | {"not", "if", "about", "into", "through", "within"}
)
# As frequent in adverts; adverts in other languages have some of them among their terms.
_OF_THE_TRADE = frozenset(
    {"working", "work", "experience", "skills", "ability", "knowledge", "team", "role", "job"}
)
_USUAL = _ENGLISH | _OF_THE_TRADE
# Words that make a line that looks English a sentence, though some stand in other languages, too.
_SMALL = frozenset(
    {"a", "an", "as", "at", "for", "from", "have", "in", "is", "on", "or", "to", "we"}
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

# English adverts have a quarter or more of these words; other languages hardly any.
_ENGLISH_SHARE = 0.10
# Fewer words say nothing about their language: names of products and places decide it then.
_FEWEST_WORDS = 20
# Letters of scripts without spaces between words (Thai, Japanese, Chinese): two make a word.
_SPACELESS = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
# How sure the detector has to be that it is another language, and that it is not English.
_SURE = 0.9
_LONGEST_SAMPLE = 20_000  # characters at the start, and as many at the end
# A text in two languages passes when so much of it is English: all of an advert, said twice.
_BILINGUAL_SHARE = 0.3
_BLOCK_WORDS = 12  # shorter blocks of lines are judged with the next one
_MOST_BLOCKS = 400
_LINE_WORDS = 5  # shorter lines say too little to be counted as English
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")

_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gl": "Galician", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese",
    "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pa": "Punjabi",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def ensure_english(text: str) -> None:
    """Raise when a text is in another language; a short text passes, and one in two languages.

    A text that has as many English function words as only English has passes at once. Only what
    is left is given to a language detector, which works offline and names the language. What the
    detector finds foreign as a whole passes all the same when three tenths of it are English,
    block by block or line by line: an advert with a translation beside it, or a kitchen's with
    the names of its dishes.

    Args:
        text: Any text; 20,000 characters at its start and at its end are looked at.

    Raises:
        AdvertError: The text is in another language. Its ``seen`` names the language.

    >>> ensure_english("You will work with the team and care for our patients.")
    >>> ensure_english("Wir suchen eine Pflegefachkraft in Teilzeit für unsere Station. " * 3)
    Traceback (most recent call last):
    starkit.errors.AdvertError: the advert looks German; starkit reads adverts in English
    """
    sample = text[:_LONGEST_SAMPLE]
    if len(text) > _LONGEST_SAMPLE:
        sample = f"{sample}\n\n{text[_LONGEST_SAMPLE:][-_LONGEST_SAMPLE:]}"
    words = _words(sample)
    if not _says_enough(words) or _has_english_words(words):
        return
    foreign = _foreign_language(sample)
    if foreign and _english_share(sample) < _BILINGUAL_SHARE:
        raise AdvertError(f"the advert looks {_NAMES[foreign]}", "starkit reads adverts in English")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _has_english_words(words: list[str]) -> bool:
    return sum(1 for word in words if word in _USUAL) >= _ENGLISH_SHARE * _amount(words)


def _amount(words: list[str]) -> float:
    """Return how many words there are, where a script has no spaces between them as well."""
    return len(words) + sum(len(_SPACELESS.findall(word)) for word in words) / 2


def _foreign_language(text: str) -> str:
    """Return the code of the language that a text surely is in, "" when it may be English."""
    chances = dict(_detector().rank(text.lower()))
    best = max(chances, key=lambda code: chances[code])
    sure = best != "en" and chances[best] >= _SURE and chances["en"] <= 1 - _SURE
    return best if sure else ""


def _english_share(text: str) -> float:
    """Return the share of the words that stand in English blocks of lines, or lines, 0-1."""
    english = total = 0.0
    waiting: list[str] = []
    blocks = _BLANK_LINES.split(text)[:_MOST_BLOCKS]
    for place, block in enumerate(blocks):
        waiting.append(block)
        words = _words("\n".join(waiting))
        if len(words) < _BLOCK_WORDS and place < len(blocks) - 1:
            continue
        total += _amount(words)
        if _has_english_words(words) and not _foreign_language("\n".join(waiting)):
            english += _amount(words)
        else:
            english += _english_in_lines("\n".join(waiting))
        waiting = []
    return english / total if total else 1.0


def _english_in_lines(text: str) -> int:
    """Return how many words stand in lines that are surely English and more than names."""
    count = 0
    for line in text.split("\n"):
        words = _words(line)
        told = len(words) >= _LINE_WORDS and not (_ENGLISH | _SMALL).isdisjoint(words)
        if told and dict(_detector().rank(line.lower()))["en"] >= _SURE:
            count += len(words)
    return count


def _says_enough(words: list[str]) -> bool:
    # Chinese, Japanese and Thai write no spaces between words: there, letters are counted.
    letters = sum(map(len, words))
    plain = sum(1 for word in words for letter in word if letter.isascii())
    return len(words) >= _FEWEST_WORDS or (letters >= 40 and plain < letters / 2)


@cache
def _detector() -> Any:
    # Loading its table takes most of a second, and few adverts need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    detector.set_languages([code for code in detector.labels if code in _NAMES or code == "en"])
    return detector
