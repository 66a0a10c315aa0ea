"""The commonest function words of English and of the languages that English news pages are mixed with.

Words that English has, too ("in", "die", "on"), tell nothing and are dropped from the other lists.
"""

from __future__ import annotations

_ENGLISH = """
the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which you
were there been their has will would we her she all so no if more can who what when its our also between than into
about up other some could them then only over such under during after before both while where these those i my me your
him how any may do did most should through against among within without because each per said since until upon
"""

_OTHERS = {
    "French": """le la les des du une est et dans que qui pour par sur avec pas plus au aux ce cette ces son ses leur
        leurs sont ont été il elle nous vous mais ou où entre lors après ainsi selon être avoir fait également dont""",
    "Spanish": """el la los las una del y en que por con para es su sus al como más pero fue han se lo este esta ha
        entre también sobre sin desde durante según cuando hasta donde están será nos muy fueron sido""",
    "Portuguese": """os da das dos uma que em para com por não se na nas nos ao aos pelo pela mais como foi são é e
        também entre sobre seu sua seus suas à às ter será após durante segundo está até quando""",
    "Italian": """il lo gli della delle dei del di che è per con una sono nel nella alla dal dalla sul non più anche
        come tra fra ha hanno stato stata questo questa suo sua loro essere dopo durante secondo""",
    "German": """der die das und ist von den dem des mit für auf ein eine einen einer im zu zum zur nicht sich auch als
        wird wurde sind haben hat bei nach über aus oder durch werden dass sie er es wie zwischen um am""",
    "Dutch": """het een van en de dat niet zijn voor met op aan er om ook als maar bij naar uit door over wordt werd
        worden hebben heeft deze dit tussen tijdens volgens hun zich nog wel""",
    "Swedish": """och att det som en på är av för med till den har inte om ett men vid från mellan efter också kan ska
        under genom enligt deras sig sin sitt blev""",
    "Danish or Norwegian": """og det som en på er av af for med til den har ikke om et men ved fra mellem mellom etter
        efter også kan skal deres sig seg blev ble gjennom gennem""",
    "Polish": """w z na do że się nie jest i oraz przez po dla od za o jak ale ich jego został została są będzie także
        między przed pod który która które tym tego podczas""",
    "Czech": """a v na se že je s z do pro o k po za od jako ale také jsou byl byla bylo být mezi před při který která
        které jeho jejich""",
    "Hungarian": """a az és hogy nem is egy van volt meg de ez azt mint már csak el ki között szerint után során
        vagy""",
    "Romanian": """și de la în cu pe care pentru din nu este sunt a fost mai prin dintre într după au fi sau ale lui
        acest această""",
    "Turkish": """ve bir bu için ile da de olarak olan daha gibi çok ise en kadar sonra arasında olduğu tarafından göre
        ancak değil üzere ettiği şekilde""",
    "Finnish": """ja on ei että se oli ovat myös kun mutta tai hän joka sen niin kuin mukaan välillä jälkeen sekä
        hänen""",
    "Indonesian or Malay": """yang dan di dengan untuk dari pada ini itu dalam adalah tidak akan telah ke oleh sebagai
        juga bahwa bahawa antara kepada mereka lebih kami kita bagi serta tersebut para dapat""",
    "Filipino": """ang ng sa mga na ay at ni kay para ito siya nila hindi kung din rin may nang isang kanilang
        upang""",
    "Vietnamese": """và của các là trong cho với được những này đã tại về không có hai để từ một người nước đến sẽ ra
        cũng khi theo việc trên phát hợp tác giữa sự nền""",
    "Swahili": "ya wa na kwa ni katika za la cha hiyo huo huyo hii kuwa pia baada kati nchi ambayo wao",
    "Russian": """и в на не что с по для о от из как это к его но он она за при также был была были между после
        который""",
    "Ukrainian": """і в на не що з по для про від як це до його але він вона за при також був була були між після який
        та й""",
}

ENGLISH = frozenset(_ENGLISH.split())


def _by_word() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for language, words in _OTHERS.items():
        for word in dict.fromkeys(words.split()):
            if word not in ENGLISH:
                table.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in table.items()}


LANGUAGES_BY_WORD = _by_word()
