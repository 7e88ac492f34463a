"""Names that are plainly made up."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import product
from random import Random


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text."""
    return tuple(text.split())


GIVEN = words(
    """
    Tamsin Juno Bram Sabra Odile Kit Fenn Mira Alder Anwen Arlo Asa Aviva Bastian Beck Brisa
    Caspian Cato Celandine Corin Cosima Dara Davor Delphine Dov Eben Edda Eira Elio Ember Enzo
    Esme Fable Farrow Fia Finch Flora Freya Galen Gideon Greer Hale Hana Harlan Hesper Idris
    Ilse Imogen Indra Ines Ione Isolde Ivo Jago Jarek Jorah Kaia Kavi Keir Kestrel Koa Lark
    Leda Leif Lior Lorcan Lumen Lys Maeve Malin Marek Maren Mattias Merrin Milo Nadir Nahla
    Naoki Neve Niko Nim Noor Oberon Olwen Oona Oran Orla Oskar Ottilie Padma Paloma Pax Petra
    Pim Quill Quinby Rafferty Ravi Reva Rhoswen Rilla Roan Rook Rosalind Rune Saffron Sanne
    Saskia Senna Seren Shai Sigrid Silas Sorrel Suki Sunniva Tadhg Talia Tariq Teodor Thea
    Thorne Tilda Timo Tove Ulla Una Uri Vale Vashti Vesper Vida Wilder Willa Wren Xanthe Yael
    Yara Ylva Yuki Zadie Zahra Zarek Zora Zoë Maël Anaïs René Søren Íris
    """
)
FAMILY = words(
    """
    Marlow Okapi Lindqvist North Wren Tallow Earle Ibis Alderney Amberley Applegarth Arkwright
    Ashdown Ashgrove Avocet Barleycorn Bellweather Birchall Bittern Blackthorn Bracken
    Brambling Brightwater Brindle Brockhurst Bulrush Burdock Calloway Candlewick Caraway
    Chaffinch Clearwater Cobbler Coldstream Copperfield Coriander Cormorant Cornflower
    Cranesbill Curlew Damson Dewhurst Dovecote Drystone Dunlin Eastlake Eiderdown Elderflower
    Emberley Evenlode Fallowfield Fennimore Fieldfare Firth Flaxman Flintlock Foxglove
    Gannet Garganey Goldcrest Gorse Greenshank Grebe Hallowell Harebell Harrier Hawksmoor
    Hazelwood Heathcote Hemlock Heronsgate Hollybank Honeywell Hornbeam Hyssop Inkpen
    Ironside Jackdaw Juniper Kestrelton Kingfisher Kittiwake Knapweed Lacewing Lapwing
    Larkspur Lavenham Limewood Linnet Longacre Loveridge Lupin Maplethorpe Marigold Marram
    Meadowsweet Merganser Merrow Millstone Moorhen Mossley Mulberry Nettlefold Nightjar
    Nuthatch Oakeshott Oatfield Orchard Ormerod Osprey Otterburn Oxlip Partridge Pebblebrook
    Penhallow Pettigrew Pimpernel Pipit Plover Ploughman Quickthorn Quillfeather Ragwort
    Redshank Redwing Ringlet Rivington Rookwood Rosebay Rowntree Sandling Sandpiper
    Saltmarsh Saxifrage Seagrave Shearwater Silverdale Siskin Skylark Snowdrop Sorrell
    Sparrowhawk Spindle Starling Stonechat Swallowfield Swift Sycamore Tamarisk Tanager
    Teasel Thistlewood Thornbury Tidewell Treecreeper Turnstone Underhill Vetchling Wagtail
    Waxwing Weatherby Westering Wheatear Whimbrel Whinchat Whitethorn Wigeon Wildgoose
    Willowherb Windrush Winterbourne Woodlark Wycherley Yarrow Yellowhammer D'Arrow
    Ó-Brae Lark-Hughes
    """
)


def invented_names(count: int, rng: Random, taken: Collection[str]) -> list[str]:
    """Return names in random order, each once for as long as the lists last."""
    return [name for name, _ in zip(_endless_names(rng, taken), range(count), strict=False)]


def _endless_names(rng: Random, taken: Collection[str]) -> Iterator[str]:
    names = [f"{given} {family}" for given, family in product(GIVEN, FAMILY)]
    free = [name for name in names if name not in taken]
    while True:
        rng.shuffle(free)
        yield from free


def addresses(names: Sequence[str], domain: str) -> list[str]:
    """Return a work address per name, plain letters, numbered where a name comes again."""
    seen: Counter[str] = Counter()
    return [f"{_numbered(_mailbox(name), seen)}@{domain}" for name in names]


def _numbered(mailbox: str, seen: Counter[str]) -> str:
    seen[mailbox] += 1
    return mailbox if seen[mailbox] == 1 else f"{mailbox}{seen[mailbox]}"


def _mailbox(name: str) -> str:
    return ".".join(map(_plain_letters, name.split()))


@cache
def _plain_letters(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower().replace("ø", "o"))
    return re.sub(r"[^a-z-]", "", plain)
