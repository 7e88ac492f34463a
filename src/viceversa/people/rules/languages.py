"""Languages by code, English name or own name, as files write them."""

_NAMES = """
af afrikaans|am amharic|ar arabic|az azerbaijani|be belarusian|bg bulgarian|bn bengali bangla
bs bosnian|ca catalan català|cs czech čeština|cy welsh cymraeg|da danish dansk
de german deutsch allemand|el greek ελληνικά|en english englisch anglais inglés|es spanish español
et estonian eesti|eu basque euskara|fa persian farsi|fi finnish suomi|fil filipino tagalog
fr french français französisch|ga irish gaeilge|gl galician|gu gujarati|ha hausa|he hebrew
hi hindi|hr croatian hrvatski|hu hungarian magyar|hy armenian|id indonesian|ig igbo|is icelandic
it italian italiano|ja japanese 日本語|ka georgian|kk kazakh|km khmer|kn kannada|ko korean 한국어
lb luxembourgish|lo lao|lt lithuanian|lv latvian|mk macedonian|ml malayalam|mn mongolian
mr marathi|ms malay|mt maltese|my burmese|ne nepali|nl dutch nederlands|no norwegian norsk bokmål
pa punjabi panjabi|pl polish polski|ps pashto|pt portuguese português|ro romanian română
ru russian русский|rw kinyarwanda|si sinhala|sk slovak|sl slovenian slovene|so somali|sq albanian
sr serbian|sv swedish svenska|sw swahili kiswahili|ta tamil|te telugu|th thai|tr turkish türkçe
uk ukrainian українська|ur urdu|uz uzbek|vi vietnamese|xh xhosa|yo yoruba|zh chinese mandarin 中文
zu zulu
"""
LANGUAGES = {
    name: entry.split()[0]
    for entry in _NAMES.replace("\n", "|").split("|")
    for name in entry.split()
}


def language_code(text: str) -> str | None:
    """“English (UK)”, “en-GB” and “en” are all en."""
    word = text.replace("(", " ").replace("-", " ").replace("_", " ").casefold().split()
    return LANGUAGES.get(word[0]) if word else None
