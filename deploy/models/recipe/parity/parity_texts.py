"""The texts whose results the golden files hold."""

from pathlib import Path

CORPUS = Path(__file__).with_name("corpus.txt")

# Longer than WordPiece's limit of 100 characters a word.
LONG_WORD = ("winnowingthreshingharvestingwindy" * 10)[:300]

TEXTS: list[str] = [
    "Angela Merkel met Tim Cook of Apple in Berlin.",
    "The European Central Bank in Frankfurt am Main raised rates, said Christine Lagarde.",
    "  Leading   and  repeated    spaces in  Paris  ",
    "Line one: Siemens AG\nLine two:\tMunich\r\nLine three.\n\n\nEnd",
    # Family joined with ZWJ, two flags, a skin tone.
    "Party \U0001f389 with \U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 and "
    "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7 at Google\U0001f44d\U0001f3fd!",
    "زار محمد القاهرة مع شركة النيل أمس.",
    "דוד בן גוריון נולד בפולין וגר בתל אביב.",
    "王小明在北京的华为公司工作。",
    "田中さんは東京のトヨタ(ﾄﾖﾀ)で働いています。",
    "नरेंद्र मोदी दिल्ली में रहते हैं।",
    "สมชายทำงานที่กรุงเทพมหานคร",
    "Cafe\u0301 of Zoe\u0308 in Sa\u0303o Paulo, na\u00efve re\u0301sume\u0301 by Andr\u00e9",
    "Ｆｕｌｌ－ｗｉｄｔｈ ＡＢＣ１２３ ﬁnance oﬃce №５ ½ ㎏",
    "Straße in Gießen, ISTANBUL, İstanbul, ıssız DİYARBAKIR",
    "See https://www.example.com/a/b?q=1&lang=en#top or info@example.org, v2.10.3!",
    "Wait... what?!?! $1,234.56 (50%) -- \"quoted\" & 'single' #42; [x] {y} <z>",
    "don't stop: state-of-the-art O'Neill's e-mail; we're Donaudampfschifffahrtsgesellschaft",
    LONG_WORD,
    "Before [SEP] middle </s> after[CLS]and <s> [MASK] <mask>  [UNK] <unk> end",
    "A",
    "東",
    # Soft hyphen, zero width space, no-break and ideographic space, line separator, BOM, control.
    "Soft\u00adhyphen zero\u200bwidth no\u00a0break\u3000wide\u2028line\ufeffbom\u0001ctl",
    "Москва и Ёлка, Αθήνα και ΟΔΥΣΣΕΥΣ, 서울은 한국",
    # Letters and an ideograph outside the basic plane.
    "\U0001d401\U0001d428\U0001d425\U0001d41d \U0001d4ae\U0001d4b8 "
    "\U00020bb7野家 in \U0001d54bokyo",
    " \n ",
]
