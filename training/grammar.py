"""Invented news sentences with their trees, from a small grammar.

The treebanks hold hardly any deliveries, visits or warnings between states: `ship` occurs four
times, `export` once. So a share of the training sentences is drawn from this grammar, which
follows the treebanks' conventions: a recipient with `to` is an `obl` of the verb of transfer but
an `nmod` of a noun of transfer, `sell Russia shells` has an `iobj`, titles are `nmod:desc` of
names, lists may be interrupted. Words vary freely so that structure, not wording, is learned.
All names of persons are random combinations.
"""

from conllu import Sentence

SMALL_WORDS = set("a an the of in on at to for by and or but as is with from".split())


class Node:
    """A word with its dependents before and after it, in order."""

    def __init__(self, form, upos, xpos):
        self.form, self.upos, self.xpos = form, upos, xpos
        self.left, self.right = [], []

    def before(self, deprel, node):
        self.left.append((deprel, node))
        return self

    def after(self, deprel, node):
        self.right.append((deprel, node))
        return self


def flatten(root):
    """The sentence below `root`."""
    order = []

    def visit(node, deprel, head):
        entry = [node, deprel, head]
        for d, child in node.left:
            visit(child, d, node)
        order.append(entry)
        for d, child in node.right:
            visit(child, d, node)

    visit(root, "root", None)
    place = {id(entry[0]): i + 1 for i, entry in enumerate(order)}
    nodes = [entry[0] for entry in order]
    return Sentence(
        [n.form for n in nodes], ["_"] * len(nodes), [n.upos for n in nodes],
        [n.xpos for n in nodes], [0 if h is None else place[id(h)] for _, _, h in order],
        [d for _, d, _ in order], "grammar",
    )


STATES = """Russia Ukraine China Iran Israel Germany France Poland Turkey India Pakistan Japan
Belarus Syria Egypt Jordan Qatar Serbia Norway Sweden Finland Denmark Italy Spain Greece Romania
Bulgaria Hungary Austria Canada Mexico Brazil Cuba Venezuela Chile Australia Vietnam Thailand
Indonesia Malaysia Kazakhstan Armenia Azerbaijan Georgia Moldova Lithuania Latvia Estonia Libya
Sudan Ethiopia Eritrea Mali Niger Nigeria Kenya Uganda Rwanda Congo Angola Myanmar Iraq Lebanon
Yemen Oman Bahrain Britain Moscow Kyiv Tehran Beijing Pyongyang Seoul Washington London Paris
Berlin Warsaw Ankara Tokyo Minsk Damascus Baghdad Cairo Hanoi Havana Caracas Islamabad Delhi
NATO Hezbollah Hamas Rosneft Wagner Taiwan""".split()
LONG_STATES = ["North Korea", "South Korea", "South Africa", "Saudi Arabia", "New Zealand",
               "Sri Lanka", "South Sudan", "Burkina Faso"]
THE_STATES = ["United States", "European Union", "United Kingdom", "Soviet Union", "Czech Republic",
              "Kremlin", "Pentagon", "Netherlands", "Philippines", "Taliban", "Houthis"]
ADJECTIVES = """Russian Ukrainian Chinese Iranian Israeli German French Polish Turkish Indian
Pakistani Japanese Belarusian Syrian Egyptian Serbian Norwegian Swedish Italian Spanish Greek
Canadian American British Australian Vietnamese Lithuanian Estonian Libyan Sudanese Ethiopian
Iraqi Lebanese Korean Cuban Venezuelan Taiwanese Danish Dutch Finnish""".split()
GIVEN = """Anna Boris Carlos Dmitri Elena Farid Grigori Hassan Ivan Jana Karim Lin Maria Nikolai
Omar Pavel Qasim Rana Sergei Tomas Ursula Viktor Wei Xi Yulia Zoran Ali Kim Jens Mark Lloyd Olaf
Emmanuel Andrzej Petr Recep Hakan Min Choe Ri Mohammad Abbas Antony James Susan Robert Mette""".split()
FAMILY = """Abramov Bergman Castro Dvorak Eriksen Farouk Golubev Hosseini Ivanov Jansen Kowalski
Lavrenko Mirzaei Nakamura Orlov Petrenko Qureshi Rahimi Sokolov Tanaka Usmanov Volkov Weber Xu
Yilmaz Zhou Haddad Novak Rossi Dubois Schmidt Larsen Park Choi Singh Khan Putnam Austin Stone
Carter Blake Morales Silva Kovacs Popescu Melnyk Bondar""".split()
KOREAN = [("Kim", "Jong", "Un"), ("Choe", "Son", "Hui"), ("Pak", "Jong", "Chon"),
          ("Kim", "Yo", "Jong"), ("Yoon", "Suk", "Yeol"), ("Ri", "Yong", "Gil")]
GOODS = """shells missiles drones tanks rockets howitzers rifles helicopters jets warships engines
submarines bombs mines trucks radars satellites torpedoes mortars launchers grenades batteries
interceptors uniforms helmets microchips components systems vehicles fighters guns parts""".split()
MASS = """ammunition equipment fuel oil gas technology grain gunpowder weaponry software steel
uranium aid armour artillery""".split()
MODIFIERS = [("artillery", "NOUN", "NN", "compound"), ("cruise", "NOUN", "NN", "compound"),
             ("attack", "NOUN", "NN", "compound"), ("ballistic", "ADJ", "JJ", "amod"),
             ("long-range", "ADJ", "JJ", "amod"), ("short-range", "ADJ", "JJ", "amod"),
             ("armoured", "ADJ", "JJ", "amod"), ("spare", "ADJ", "JJ", "amod"),
             ("new", "ADJ", "JJ", "amod"), ("military", "ADJ", "JJ", "amod"),
             ("advanced", "ADJ", "JJ", "amod"), ("air-defence", "NOUN", "NN", "compound"),
             ("anti-tank", "ADJ", "JJ", "amod"), ("Soviet-era", "ADJ", "JJ", "amod"),
             ("modern", "ADJ", "JJ", "amod"), ("heavy", "ADJ", "JJ", "amod"),
             ("combat", "NOUN", "NN", "compound"), ("152-mm", "NOUN", "NN", "compound"),
             ("Leopard", "PROPN", "NNP", "compound"), ("Patriot", "PROPN", "NNP", "compound"),
             ("F-16", "PROPN", "NNP", "compound"), ("Shahed", "PROPN", "NNP", "compound"),
             ("surveillance", "NOUN", "NN", "compound"), ("missile", "NOUN", "NN", "compound")]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
CITIES = """Moscow Vladivostok Minsk Geneva Vienna Brussels Ankara Doha Pyongyang Sochi Kazan
Odesa Kharkiv Warsaw Washington Seoul Beijing Tehran Damascus Riga Tallinn""".split()
# base, third person, past, participle, -ing
TO_VERBS = [v.split() for v in """ship ships shipped shipped shipping
send sends sent sent sending
supply supplies supplied supplied supplying
deliver delivers delivered delivered delivering
sell sells sold sold selling
export exports exported exported exporting
transfer transfers transferred transferred transferring
provide provides provided provided providing
give gives gave given giving
hand hands handed handed handing
offer offers offered offered offering
donate donates donated donated donating
smuggle smuggles smuggled smuggled smuggling
lend lends lent lent lending
dispatch dispatches dispatched dispatched dispatching
move moves moved moved moving
return returns returned returned returning
lease leases leased leased leasing""".split("\n")]
DOUBLE = {"send", "sell", "give", "offer", "lend", "hand"}
WITH_VERBS = [v.split() for v in """supply supplies supplied supplied supplying
provide provides provided provided providing
arm arms armed armed arming
equip equips equipped equipped equipping""".split("\n")]
ACT_VERBS = [v.split() for v in """attack attacks attacked attacked attacking
support supports supported supported supporting
threaten threatens threatened threatened threatening
condemn condemns condemned condemned condemning
visit visits visited visited visiting
criticise criticises criticised criticised criticising
sanction sanctions sanctioned sanctioned sanctioning
thank thanks thanked thanked thanking
receive receives received received receiving
welcome welcomes welcomed welcomed welcoming
buy buys bought bought buying""".split("\n")]
STRIKE_VERBS = [v.split() for v in """strike strikes struck struck striking
hit hits hit hit hitting
bomb bombs bombed bombed bombing
shell shells shelled shelled shelling
raid raids raided raided raiding
seize seizes seized seized seizing
destroy destroys destroyed destroyed destroying
inspect inspects inspected inspected inspecting""".split("\n")]
SITES = [("targets", "NNS"), ("positions", "NNS"), ("depots", "NNS"), ("convoys", "NNS"),
         ("base", "NN"), ("airfield", "NN"), ("factory", "NN"), ("port", "NN"),
         ("villages", "NNS"), ("warehouses", "NNS"), ("refinery", "NN"), ("bridges", "NNS")]
TRAVEL_VERBS = [v.split() for v in """fly flies flew flown flying
travel travels travelled travelled travelling
go goes went gone going
sail sails sailed sailed sailing
return returns returned returned returning
arrive arrives arrived arrived arriving
land lands landed landed landing
dock docks docked docked docking""".split("\n")]
CARRIERS = [("planes", "NNS"), ("plane", "NN"), ("ships", "NNS"), ("trains", "NNS"),
            ("freighter", "NN"), ("aircraft", "NNS"), ("convoy", "NN"), ("trucks", "NNS")]
HOPES = [("promised", "VBD"), ("ordered", "VBD"), ("bought", "VBD"), ("wants", "VBZ"),
         ("needs", "VBZ"), ("pledged", "VBD"), ("sent", "VBD"), ("requested", "VBD")]
CONTROL = [("agreed", "VBD"), ("promised", "VBD"), ("refused", "VBD"), ("planned", "VBD"),
           ("wants", "VBZ"), ("intends", "VBZ"), ("offered", "VBD"), ("pledged", "VBD"),
           ("declined", "VBD"), ("decided", "VBD"), ("vowed", "VBD")]
SAY = [("said", "VBD"), ("says", "VBZ"), ("reported", "VBD"), ("announced", "VBD"),
       ("claimed", "VBD"), ("confirmed", "VBD"), ("added", "VBD"), ("believes", "VBZ")]
TRANSFER_NOUNS = [("deliveries", "NNS"), ("shipments", "NNS"), ("sale", "NN"), ("transfer", "NN"),
                  ("supply", "NN"), ("exports", "NNS"), ("delivery", "NN"), ("sales", "NNS")]
PEOPLE = [("officials", "NNS"), ("diplomats", "NNS"), ("analysts", "NNS"), ("lawmakers", "NNS"),
          ("officers", "NNS"), ("spokeswoman", "NN"), ("spokesman", "NN"), ("envoy", "NN"),
          ("delegation", "NN"), ("troops", "NNS"), ("engineers", "NNS"), ("army", "NN"),
          ("government", "NN"), ("ministry", "NN"), ("leader", "NN"), ("president", "NN"),
          ("ambassador", "NN"), ("military", "NN"), ("navy", "NN"), ("company", "NN")]


class Grammar:
    """Draws sentences with one generator of random numbers."""

    def __init__(self, rng):
        self.rng = rng

    def pick(self, options):
        return options[int(self.rng.integers(len(options)))]

    def chance(self, p):
        return self.rng.random() < p

    def word(self, form, upos, xpos):
        return Node(form, upos, xpos)

    def comma(self):
        return Node(",", "PUNCT", ",")

    def case(self, form):
        return Node(form, "ADP", "IN")

    # Noun phrases.

    def state(self):
        kind = self.rng.random()
        if kind < 0.65:
            return Node(self.pick(STATES), "PROPN", "NNP")
        if kind < 0.9:
            first, last = self.pick(LONG_STATES).split()
            adjective = first in ("New", "Saudi")
            head = Node(last, "PROPN", "NNP")
            return head.before("amod" if adjective else "compound",
                               Node(first, "ADJ" if adjective else "PROPN", "NNP"))
        words = self.pick(THE_STATES).split()
        plural = words[-1].endswith("s") and words[-1] not in ("Houthis",) and len(words) > 1
        head = Node(words[-1], "PROPN", "NNPS" if plural else "NNP")
        head.before("det", Node("the", "DET", "DT"))
        if len(words) == 2:
            verb = words[0] == "United"
            head.before("amod", Node(words[0], "VERB" if verb else "ADJ", "NNP"))
        return head

    def nationality(self, head):
        kind = self.rng.random()
        if kind < 0.15:
            korean = Node("Korean", "ADJ", "JJ")
            korean.before("compound" if self.chance(0.5) else "amod",
                          Node(self.pick(["North", "South"]), "PROPN", "NNP"))
            return head.before("amod", korean)
        if kind < 0.3:
            return head.before("compound", Node("U.S.", "PROPN", "NNP"))
        return head.before("amod", Node(self.pick(ADJECTIVES), "ADJ", "JJ"))

    def name(self):
        if self.chance(0.15):
            words = self.pick(KOREAN)
        elif self.chance(0.2):
            words = (self.pick(FAMILY),)
        else:
            words = (self.pick(GIVEN), self.pick(FAMILY))
        head = Node(words[0], "PROPN", "NNP")
        for word in words[1:]:
            head.after("flat", Node(word, "PROPN", "NNP"))
        return head

    def title(self):
        kind = self.rng.random()
        if kind < 0.35:
            head = Node(self.pick(["President", "Chancellor", "General", "Ambassador", "Premier",
                                   "Admiral", "Senator", "King"]), "PROPN", "NNP")
            if self.chance(0.3):
                head.before("compound", Node(self.pick(["Vice", "Deputy"]), "PROPN", "NNP"))
        elif kind < 0.75:
            head = Node("Minister", "PROPN", "NNP")
            if self.chance(0.3):
                head.before("amod", Node(self.pick(["Prime", "Foreign"]), "ADJ", "NNP"))
            else:
                head.before("compound", Node(self.pick(
                    ["Defence", "Defense", "Finance", "Interior", "Energy", "Trade"]), "PROPN", "NNP"))
                if self.chance(0.3):
                    head.left.insert(0, ("compound", Node("Deputy", "PROPN", "NNP")))
        else:
            head = Node("Secretary", "PROPN", "NNP")
            for word in ["Deputy", "Assistant"][: int(self.rng.integers(3))]:
                head.before("compound", Node(word, "PROPN", "NNP"))
            of = self.pick(["State", "Defense", "Energy"])
            head.after("nmod", Node(of, "PROPN", "NNP").before("case", self.case("of")))
            if self.chance(0.5):
                area = Node(self.pick(["Control", "Affairs", "Security"]), "PROPN", "NNP")
                area.before("case", self.case("for"))
                area.before("compound", Node(self.pick(["Arms", "Border", "Trade"]), "PROPN", "NNP"))
                head.after("nmod", area)
        return head

    def person(self):
        name = self.name()
        if self.chance(0.7):
            if self.chance(0.25):
                title = Node(self.pick(["leader", "spokesman", "envoy", "president", "premier"]), "NOUN", "NN")
                self.nationality(title)
            else:
                title = self.title()
                if self.chance(0.5):
                    dummy = self.nationality(Node("x", "X", "X"))
                    title.left = dummy.left + title.left
                elif self.chance(0.2):
                    title.left.insert(0, ("amod", Node("former", "ADJ", "JJ")))
            if self.chance(0.2):
                title = self.office()
            name.left = [("nmod:desc", title)]
        return name

    def office(self):
        """A long title in small letters: `Norway's first deputy energy minister`."""
        title = Node(self.pick(["minister", "commander", "adviser", "official", "secretary",
                                "negotiator", "president", "leader"]), "NOUN", "NN")
        if self.chance(0.5):
            title.before("nmod:poss", self.state().after("case", Node("'s", "PART", "POS")))
        else:
            self.nationality(title)
        if self.chance(0.3):
            de = Node("de", "X", "FW").after("fixed", Node("facto", "X", "FW"))
            title.before("amod", de)
        for form in ["first", "deputy", "senior", "former", "chief", "acting"]:
            if self.chance(0.15):
                title.before("amod", Node(form, "ADJ", "JJ"))
        if self.chance(0.6):
            title.before("compound", Node(self.pick(["defence", "finance", "energy", "trade", "security",
                                                     "navy", "interior", "army"]), "NOUN", "NN"))
        return title

    def people(self):
        form, xpos = self.pick(PEOPLE)
        head = Node(form, "NOUN", xpos)
        kind = self.rng.random()
        if kind < 0.35:
            state = self.state()
            state.after("case", Node("'s", "PART", "POS"))
            head.before("nmod:poss", state)
        elif kind < 0.6 or xpos == "NN":
            head.before("det", Node(self.pick(["the", "a"]) if xpos == "NN" else "the", "DET", "DT"))
            self.nationality(head)
        else:
            self.nationality(head)
            if self.chance(0.3):
                head.before("compound", Node(self.pick(["intelligence", "defence", "security", "army"]),
                                             "NOUN", "NN"))
        return head

    def actor(self, subject=False):
        kind = self.rng.random()
        actor = self.state() if kind < 0.5 else self.person() if kind < 0.75 else self.people()
        if subject and self.chance(0.07):
            return Node(self.pick(["he", "she", "it", "they"]), "PRON", "PRP")
        if self.chance(0.1):
            other = self.state()
            other.left.insert(0, ("cc", Node("and", "CCONJ", "CC")))
            actor.after("conj", other)
        return actor

    def recipient(self):
        return self.state() if self.chance(0.7) else self.people() if self.chance(0.7) else self.person()

    def good(self, count=True):
        if self.chance(0.2):
            head = Node(self.pick(MASS), "NOUN", "NN")
        else:
            head = Node(self.pick(GOODS), "NOUN", "NNS")
        chosen = {int(self.rng.integers(len(MODIFIERS))) for _ in range(int(self.rng.integers(3)))}
        for i in sorted(chosen, key=lambda i: MODIFIERS[i][3]):
            form, upos, xpos, deprel = MODIFIERS[i]
            head.before(deprel, Node(form, upos, xpos))
        if count and head.xpos == "NNS" and self.chance(0.3):
            number = Node(self.pick(["two", "14", "50", "10,000", "300", "six", "1,200"]), "NUM", "CD")
            if self.chance(0.15):
                number.before("advmod", Node("about", "ADV", "RB"))
            head.left.insert(0, ("nummod", number))
        return head

    def goods(self, interrupt=True):
        kind = self.rng.random()
        if kind < 0.2:
            amount = self.pick([("thousands", "NNS"), ("hundreds", "NNS"), ("dozens", "NNS"),
                                ("batch", "NN"), ("shipment", "NN"), ("containers", "NNS")])
            head = Node(amount[0], "NOUN", amount[1])
            if amount[1] == "NN":
                head.before("det", Node("a", "DET", "DT"))
            inner = self.good(False)
            inner.left.insert(0, ("case", self.case("of")))
            if amount[0] in ("thousands", "hundreds", "dozens") and self.chance(0.25):
                box = Node(self.pick(["containers", "tonnes", "crates", "rounds"]), "NOUN", "NNS")
                box.before("case", self.case("of"))
                box.after("nmod", inner)
                inner = box
            return head.after("nmod", inner)
        head = self.good()
        if kind < 0.32:
            head.left = [pair for pair in head.left if pair[0] != "nummod"]
            return self.part_of(head) if self.chance(0.5) else self.told_apart(head)
        if kind < 0.52:
            others = [self.good() for _ in range(1 if self.chance(0.5) else 2)]
            for i, other in enumerate(others):
                if i + 1 < len(others):
                    other.left.insert(0, ("punct", self.comma()))
                else:
                    other.left.insert(0, ("cc", Node("and", "CCONJ", "CC")))
                    if interrupt and self.chance(0.35):
                        self.interrupt(other)
                head.after("conj", other)
        elif kind < 0.6:
            kind_of = self.good(False)
            kind_of.left.insert(0, ("case", Node("such", "ADJ", "JJ").after("fixed", self.case("as"))))
            head.after("nmod", kind_of)
        return head

    def interrupt(self, item):
        """Puts a source between commas before a list's last item, which the source belongs to."""
        if self.chance(0.6):
            deprel, source = "obl", self.according()
        else:
            form, xpos = self.pick(SAY[:6])
            speaker = self.people() if self.chance(0.7) else self.person()
            deprel, source = "parataxis", Node(form, "VERB", xpos).before("nsubj", speaker)
        source.after("punct", self.comma())
        item.left.insert(1, (deprel, source.before("punct", self.comma())))
        source.left.insert(0, source.left.pop())

    def wish(self):
        """`that NATO promised`, a clause whose object is what it describes."""
        form, xpos = self.pick(HOPES)
        verb = Node(form, "VERB", xpos)
        if self.chance(0.7):
            verb.before("obj", Node(self.pick(["that", "which"]), "PRON", "WDT"))
        verb.before("nsubj", self.state())
        return self.adjuncts(verb) if self.chance(0.5) else verb

    def part_of(self, goods):
        """`16 of the 40 tanks that ...`, `at least two of the jets`."""
        number = Node(self.pick(["two", "14", "six", "50", "one", "300", "eight", "half"]), "NUM", "CD")
        if number.form == "half":
            number.upos, number.xpos = "NOUN", "NN"
        elif self.chance(0.4):
            least = Node(self.pick(["least", "most"]), "ADJ", "JJS").before("case", self.case("at"))
            number.before("nmod", least)
        goods.left.insert(0, ("det", Node("the", "DET", "DT")))
        if self.chance(0.5):
            count = Node(self.pick(["20", "60", "400", "twelve", "1,000"]), "NUM", "CD")
            goods.left.insert(1, ("nummod", count))
        if self.chance(0.6):
            goods.after("acl:relcl", self.wish())
        return number.after("nmod", self.prefixed("of", goods))

    def told_apart(self, goods):
        """Goods with a clause or phrase behind them."""
        kind = self.rng.random()
        if kind < 0.35:
            goods.left.insert(0, ("det", Node("the", "DET", "DT")))
            return goods.after("acl:relcl", self.wish())
        if kind < 0.7:
            made = Node(self.pick(["made", "built", "produced", "seen", "captured", "stored"]),
                        "VERB", "VBN")
            place = self.state() if self.chance(0.6) else Node(self.pick(CITIES), "PROPN", "NNP")
            return goods.after("acl", made.after("obl", self.prefixed("in", place)))
        use = self.good(False) if self.chance(0.5) else self.people()
        return goods.after("nmod", self.prefixed("for", use))

    def actor_with_aside(self):
        """An actor, at times followed by an apposition or a relative clause between commas."""
        actor = self.actor(subject=True)
        kind = self.rng.random()
        if actor.upos == "PRON":
            return actor
        if kind < 0.12:
            relative = self.finite()
            person = actor.form in GIVEN + FAMILY or self.chance(0.3)
            pronoun = Node("who", "PRON", "WP") if person else Node("which", "PRON", "WDT")
            relative.left.insert(0, ("nsubj", pronoun))
            relative.left.insert(0, ("punct", self.comma()))
            actor.after("acl:relcl", relative).after("punct", self.comma())
        elif kind < 0.25:
            role = Node(self.pick(["minister", "president", "envoy", "leader", "spokesman",
                                   "ally", "neighbour", "ambassador"]), "NOUN", "NN")
            if self.chance(0.5):
                role.before("det", Node("the", "DET", "DT"))
                self.nationality(role)
            else:
                state = self.state()
                role.before("nmod:poss", state.after("case", Node("'s", "PART", "POS")))
            if self.chance(0.4):
                role.left.append(("compound", Node(self.pick(["defence", "foreign", "trade"]), "NOUN", "NN")))
                if role.left[-1][1].form == "foreign":
                    role.left[-1] = ("amod", Node("foreign", "ADJ", "JJ"))
            if self.chance(0.5):
                name, role = role, self.name()
                role.left, actor = [], name
            role.left.insert(0, ("punct", self.comma()))
            actor.after("appos", role).after("punct", self.comma())
        return actor

    def report(self, form):
        """A denied, confirmed or cited report that something happened."""
        verb = self.verb(self.pick(["deny denies denied denied denying".split(),
                                    "reject rejects rejected rejected rejecting".split(),
                                    "dismiss dismisses dismissed dismissed dismissing".split(),
                                    "confirm confirms confirmed confirmed confirming".split(),
                                    "repeat repeats repeated repeated repeating".split()]), form)
        noun = Node(self.pick(["reports", "claims", "allegations", "accusations", "suggestions",
                               "rumours"]), "NOUN", "NNS")
        if self.chance(0.3):
            noun.before("amod", Node(self.pick(["recent", "false", "new", "earlier"]), "ADJ", "JJ"))
        elif self.chance(0.2):
            noun.before("compound", Node(self.pick(["media", "news"]), "NOUN", "NN"))
        inner = self.clause()
        inner.left.insert(0, ("mark", Node("that", "SCONJ", "IN")))
        return verb.after("obj", noun.after("acl", inner))

    def nominal(self, form):
        """An event said with a noun: talks with, a visit to, a treaty with."""
        verb, noun, xpos, case = self.pick([
            ("hold holds held held holding", "talks", "NNS", "with"),
            ("pay pays paid paid paying", "visit", "NN", "to"),
            ("sign signs signed signed signing", "treaty", "NN", "with"),
            ("sign signs signed signed signing", "agreement", "NN", "with"),
            ("plan plans planned planned planning", "visit", "NN", "to"),
            ("conduct conducts conducted conducted conducting", "exercises", "NNS", "with"),
            ("suspend suspends suspended suspended suspending", "contract", "NN", "with")])
        head = Node(noun, "NOUN", xpos)
        if xpos == "NN":
            head.before("det", Node("a" if noun[0] != "a" else "an", "DET", "DT"))
        head.after("nmod", self.prefixed(case, self.actor()))
        return self.verb(verb.split(), form).after("obj", head)

    def according(self):
        source = self.people() if self.chance(0.7) else self.person()
        case = Node("according", "VERB", "VBG").after("fixed", Node("to", "ADP", "IN"))
        source.left.insert(0, ("case", case))
        return source

    # Clauses. Each returns the predicate without its subject; `form` says which form it has.

    def transfer(self, form, passive=False):
        """A verb of transfer with its objects. form: 0 base, 1 third, 2 past, 3 participle, 4 -ing."""
        if not passive and self.chance(0.15):
            forms = self.pick(WITH_VERBS)
            verb = self.verb(forms, form)
            verb.after("obj", self.recipient())
            goods = self.goods(False)
            goods.left.insert(0, ("case", self.case("with")))
            return verb.after("obl", goods)
        forms = self.pick(TO_VERBS)
        verb = self.verb(forms, form)
        if passive:
            if self.chance(0.6):
                verb.after("obl", self.prefixed("to", self.recipient()))
            if self.chance(0.5):
                agent = self.prefixed("by", self.actor())
                verb.after("obl:agent", agent)
                if self.chance(0.15):
                    other = self.prefixed("by", self.state())
                    other.left.insert(0, ("advmod", Node("not", "PART", "RB")))
                    other.left.insert(0, ("punct", self.comma()))
                    agent.after("conj", other)
            return verb
        if forms[0] in DOUBLE and self.chance(0.45):
            return verb.after("iobj", self.recipient()).after("obj", self.goods())
        verb.after("obj", self.goods())
        if self.chance(0.8):
            verb.after("obl", self.prefixed("to", self.recipient()))
        if self.chance(0.12):
            verb.after("obl", self.prefixed(self.pick(["through", "from"]), self.state()))
        if self.chance(0.1):
            purpose = Node(self.pick(["use", "talks", "repairs", "tests"]), "NOUN", "NN")
            verb.after("obl", self.prefixed("for", purpose))
        return verb

    def verb(self, forms, form):
        return Node(forms[form], "VERB", ["VB", "VBZ", "VBD", "VBN", "VBG"][form])

    def prefixed(self, preposition, noun):
        noun.left.insert(0, ("case", self.case(preposition)))
        return noun

    def act(self, form):
        """Other predicates between actors."""
        kind = self.rng.random()
        if kind < 0.12:
            return self.strike(form)
        if kind < 0.2:
            return self.journey(form)
        if kind < 0.35:
            return self.verb(self.pick(ACT_VERBS), form).after("obj", self.actor())
        if kind < 0.55:
            verb = self.verb("meet meets met met meeting".split(), form)
            if self.chance(0.5):
                return verb.after("obl", self.prefixed("with", self.actor()))
            return verb.after("obj", self.actor())
        if kind < 0.7:
            return self.warning(form)
        if kind < 0.85:
            verb = self.verb("accuse accuses accused accused accusing".split(), form)
            verb.after("obj", self.recipient())
            inner = self.transfer(4)
            inner.left.insert(0, ("mark", Node("of", "SCONJ", "IN")))
            return verb.after("advcl", inner)
        verb = self.verb(self.pick(["announce announces announced announced announcing".split(),
                                    "discuss discusses discussed discussed discussing".split(),
                                    "stop stops stopped stopped stopping".split()]), form)
        noun = Node(*self.as_noun(self.pick(TRANSFER_NOUNS)))
        if self.chance(0.7):
            noun.after("nmod", self.prefixed("of", self.good(False)))
        elif self.chance(0.5):
            noun.before("compound", Node(self.pick(["arms", "weapons", "oil", "missile"]), "NOUN", "NN"))
        if noun.xpos == "NN":
            noun.left.insert(0, ("det", Node("the", "DET", "DT")))
        return verb.after("obj", noun.after("nmod", self.prefixed("to", self.recipient())))

    def warning(self, form):
        """`warn Y against sending X`, `warn Y that it would ... if ...`."""
        verb = self.verb(self.pick(["warn warns warned warned warning".split(),
                                    "caution cautions cautioned cautioned cautioning".split()]), form)
        if self.chance(0.4):
            inner = self.predicate(4)
            inner.left.insert(0, ("mark", Node("against", "SCONJ", "IN")))
            return verb.after("iobj", self.recipient()).after("advcl", inner)
        if self.chance(0.75):
            verb.after("iobj", self.recipient())
        inner = self.predicate(0)
        inner.left.insert(0, ("aux", Node(self.pick(["would", "will", "could", "might"]), "AUX", "MD")))
        inner.left.insert(0, ("nsubj", self.actor(subject=True) if self.chance(0.6) else
                              Node(self.pick(["it", "they", "he"]), "PRON", "PRP")))
        if self.chance(0.5):
            condition = self.predicate(2 if self.chance(0.7) else 1)
            condition.left.insert(0, ("nsubj", self.actor(subject=True)))
            condition.left.insert(0, ("mark", Node(self.pick(["if", "unless", "after"]), "SCONJ", "IN")))
            if self.chance(0.3):
                condition.after("punct", self.comma())
                inner.left.insert(0, ("advcl", condition))
            else:
                inner.after("advcl", condition)
        if self.chance(0.8):
            inner.left.insert(0, ("mark", Node("that", "SCONJ", "IN")))
        return verb.after("ccomp", inner)

    def strike(self, form):
        """`struck targets in Y`."""
        verb = self.verb(self.pick(STRIKE_VERBS), form)
        site, xpos = self.pick(SITES)
        head = Node(site, "NOUN", xpos)
        if self.chance(0.3):
            head.before("amod", Node(self.pick(["military", "rebel", "enemy", "naval"]), "ADJ", "JJ"))
        if self.chance(0.2):
            self.nationality(head)
        if xpos == "NN":
            head.left.insert(0, ("det", Node("a" if head.left == [] and site[0] != "a" else "the", "DET", "DT")))
        place = self.state() if self.chance(0.7) else Node(self.pick(CITIES), "PROPN", "NNP")
        return verb.after("obj", head.after("nmod", self.prefixed(
            self.pick(["in", "in", "near", "inside", "across"]), place)))

    def journey(self, form):
        """`flew to Y to thank Z for sending X`."""
        verb = self.verb(self.pick(TRAVEL_VERBS), form)
        place = self.state() if self.chance(0.5) else Node(self.pick(CITIES), "PROPN", "NNP")
        arrived = verb.form[:3] in ("arr", "lan", "doc")
        verb.after("obl", self.prefixed("in" if arrived else "to", place))
        if self.chance(0.2):
            verb.after("obl", self.prefixed("from", self.state()))
        if self.chance(0.4):
            purpose = self.verb("thank thanks thanked thanked thanking".split(), 0)
            if self.chance(0.5):
                inner = self.predicate(4)
                inner.left.insert(0, ("mark", Node("for", "SCONJ", "IN")))
                purpose.after("obj", self.actor()).after("advcl", inner)
            else:
                purpose = self.predicate(0)
            purpose.left.insert(0, ("mark", Node("to", "PART", "TO")))
            verb.after("advcl", purpose)
        return verb

    def delivery(self):
        """A noun of transfer with what goes whither."""
        noun = Node(*self.as_noun(self.pick(TRANSFER_NOUNS)))
        noun.before("det", Node("the", "DET", "DT"))
        noun.after("nmod", self.prefixed("of", self.good(False)))
        return noun.after("nmod", self.prefixed("to", self.recipient()))

    @staticmethod
    def as_noun(pair):
        return pair[0], "NOUN", pair[1]

    @staticmethod
    def innermost(verb):
        """The predicate that what follows hangs on: `agreed to meet` leaves it to `meet`."""
        while verb.right and verb.right[-1][0] in ("xcomp", "ccomp", "advcl", "acl"):
            verb = verb.right[-1][1]
        last = verb.right[-1][1] if verb.right else None
        if last and last.right and last.right[-1][0] == "acl":
            return Grammar.innermost(last.right[-1][1])
        return verb

    def adjuncts(self, outer):
        """Places and times, mostly at the end, and so of the innermost predicate."""
        verb = self.innermost(outer)
        if verb is not outer and outer.right[0][0] == "xcomp" and self.chance(0.15):
            time = self.prefixed("on", Node(self.pick(DAYS), "PROPN", "NNP"))
            outer.right.insert(0, ("obl", time))
            return outer
        if self.chance(0.2):
            verb.after("obl", self.prefixed("in", Node(self.pick(CITIES), "PROPN", "NNP")))
        kind = self.rng.random()
        if kind < 0.2:
            verb.after("obl", self.prefixed("on", Node(self.pick(DAYS), "PROPN", "NNP")))
        elif kind < 0.3:
            verb.after("obl", self.prefixed(self.pick(["in", "since"]), Node(self.pick(MONTHS), "PROPN", "NNP")))
        elif kind < 0.4:
            time = Node(self.pick(["month", "year", "week"]), "NOUN", "NN")
            verb.after("obl:unmarked", time.before("amod", Node("last", "ADJ", "JJ")))
        elif kind < 0.45:
            event = Node(self.pick(["parade", "visit", "summit", "meeting"]), "NOUN", "NN")
            event.before("case", self.case("during")).before("det", Node("a", "DET", "DT"))
            verb.after("obl", event)
        return outer

    def predicate(self, form):
        kind = self.rng.random()
        if kind < 0.55:
            return self.transfer(form)
        if kind < 0.8:
            return self.act(form)
        return self.nominal(form) if kind < 0.92 else self.report(form)

    def finite(self):
        """A finite predicate, without subject."""
        kind = self.rng.random()
        if kind < 0.35:
            verb = self.predicate(2 if self.chance(0.75) else 1)
        elif kind < 0.42:
            verb = self.predicate(4)
            verb.left.insert(0, ("aux", self.auxiliary(["was", "was", "were", "is", "are"])))
            if self.chance(0.25):
                verb.left[0] = ("aux", Node("been", "AUX", "VBN"))
                verb.left.insert(0, ("aux", self.auxiliary(["has", "had", "have"])))
        elif kind < 0.57:
            verb = self.predicate(3)
            verb.left.insert(0, ("aux", self.auxiliary(["has", "had", "have"])))
            if self.chance(0.25):
                verb.left.append(("advmod", Node(self.pick(["repeatedly", "reportedly", "never", "already"]), "ADV", "RB")))
        elif kind < 0.7:
            verb = self.predicate(0)
            verb.left.insert(0, ("aux", Node(self.pick(["will", "would", "may", "could"]), "AUX", "MD")))
            if self.chance(0.25):
                verb.left.append(("advmod", Node("not", "PART", "RB")))
        elif kind < 0.78:
            verb = self.predicate(0)
            verb.left.insert(0, ("aux", Node("did", "AUX", "VBD")))
            verb.left.append(("advmod", Node("not", "PART", "RB")))
        elif kind < 0.92:
            form, xpos = self.pick(CONTROL)
            inner = self.predicate(0)
            inner.left.insert(0, ("mark", Node("to", "PART", "TO")))
            verb = Node(form, "VERB", xpos).after("xcomp", inner)
        else:
            inner = self.predicate(4)
            verb = Node("denied", "VERB", "VBD").after("ccomp", inner)
        return verb

    def auxiliary(self, forms):
        form = self.pick(forms)
        return Node(form, "AUX", {"has": "VBZ", "is": "VBZ", "are": "VBP", "have": "VBP"}.get(form, "VBD"))

    def clause(self):
        """Subject and predicate; passive at times."""
        if self.chance(0.15):
            subject = self.goods(False) if self.chance(0.8) else self.delivery()
            plural = subject.xpos in ("NNS", "CD")
            verb = self.transfer(3, passive=True)
            verb.left.append(("nsubj:pass", subject))
            verb.left.append(("aux:pass", Node(*(("were", "AUX", "VBD") if plural else ("was", "AUX", "VBD")))))
            if self.chance(0.2):
                verb.left.append(("advmod", Node("reportedly", "ADV", "RB")))
            return self.adjuncts(verb)
        verb = self.adjuncts(self.finite())
        subject = self.actor_with_aside()
        if subject.upos != "PRON" and self.chance(0.06):
            form, xpos = self.pick(CARRIERS)
            subject = Node(form, "NOUN", xpos)
            if self.chance(0.5):
                self.nationality(subject)
            if xpos == "NN":
                subject.left.insert(0, ("det", Node("the", "DET", "DT")))
            elif self.chance(0.5):
                subject.left.insert(0, ("nummod", Node(self.pick(["two", "Two", "12", "four"]), "NUM", "CD")))
            if self.chance(0.7):
                subject.after("acl", Node("carrying", "VERB", "VBG").after("obj", self.goods(False)))
            verb = self.adjuncts(self.journey(2))
        if self.chance(0.1):
            second = self.predicate(2)
            second.left.insert(0, ("cc", Node(self.pick(["and", "and", "but"]), "CCONJ", "CC")))
            verb.after("conj", second)
        verb.left.insert(0, ("nsubj", subject))
        return verb

    def spokesman(self):
        """Who is quoted: a name, at times with an apposition, or a role."""
        kind = self.rng.random()
        if kind < 0.3:
            return self.person()
        if kind < 0.45:
            head = Node(self.pick(["people", "officials", "sources", "diplomats"]), "NOUN", "NNS")
            if self.chance(0.5):
                head.before("nummod", Node(self.pick(["two", "three", "several"]), "NUM", "CD"))
                if head.left[0][1].form == "several":
                    head.left = [("amod", Node("several", "ADJ", "JJ"))]
            topic = Node(self.pick(["matter", "talks", "deal", "shipments"]), "NOUN", "NN")
            topic.before("case", self.case("with")).before("det", Node("the", "DET", "DT"))
            if topic.form.endswith("s"):
                topic.xpos = "NNS"
            return head.after("amod", Node("familiar", "ADJ", "JJ").after("obl", topic))
        if kind < 0.75:
            return self.people()
        name, role = self.name(), self.people()
        role.left.insert(0, ("punct", self.comma()))
        return name.after("appos", role)

    def quoted(self, root):
        """`CLAUSE, NAME said`, `"CLAUSE," said NAME, the ROLE`."""
        said, xpos = self.pick(SAY)
        say = Node(said, "VERB", xpos).before("ccomp", root)
        root.after("punct", self.comma())
        if self.chance(0.4):
            root.left.insert(0, ("punct", Node('"', "PUNCT", "``")))
            root.after("punct", Node('"', "PUNCT", "''"))
        speaker = self.spokesman()
        if self.chance(0.35):
            return say.after("nsubj", speaker)
        if speaker.right and speaker.right[-1][0] == "appos":
            speaker.after("punct", self.comma())
        say.before("nsubj", speaker)
        if self.chance(0.3):
            say.form, say.xpos = "told", "VBD"
            listener = Node(self.pick(["newspaper", "agency", "parliament", "reporters", "lawmakers"]),
                            "NOUN", "NN")
            if listener.form.endswith("s"):
                listener.xpos = "NNS"
            elif listener.form != "parliament":
                listener.before("det", Node("the", "DET", "DT"))
            say.after("iobj", listener)
        if self.chance(0.3):
            say.after("obl", self.prefixed("on", Node(self.pick(DAYS), "PROPN", "NNP")))
        return say

    def questioned(self):
        """`Asked whether CLAUSE, the spokeswoman, NAME, declined to comment`."""
        asked = Node("asked", "VERB", "VBN")
        question = self.clause()
        question.left.insert(0, ("mark", Node(self.pick(["whether", "if"]), "SCONJ", "IN")))
        asked.after("ccomp", question).after("punct", self.comma())
        speaker = self.people() if self.chance(0.7) else self.person()
        if speaker.upos == "NOUN" and self.chance(0.5):
            speaker.after("appos", self.name().before("punct", self.comma())).after("punct", self.comma())
        if self.chance(0.5):
            comment = Node(self.pick(["comment", "answer", "elaborate"]), "VERB", "VB")
            comment.before("mark", Node("to", "PART", "TO"))
            verb = Node(self.pick(["declined", "refused"]), "VERB", "VBD").after("xcomp", comment)
        else:
            verb = Node("said", "VERB", "VBD").after("ccomp", self.clause())
        return verb.before("advcl", asked).before("nsubj", speaker)

    def headline(self, root):
        """A clause as a headline: no articles, no stop, most words with a capital."""
        def strip(node):
            node.left = [(d, strip(c)) for d, c in node.left if d != "det"]
            node.right = [(d, strip(c)) for d, c in node.right if d != "det"]
            return node

        sentence = flatten(strip(root))
        sentence.forms = [f if f in SMALL_WORDS else f[0].upper() + f[1:] for f in sentence.forms]
        return sentence

    def sentence(self):
        """One sentence with its tree."""
        kind = self.rng.random()
        root = self.clause()
        if kind < 0.16:
            root = self.quoted(root)
        elif kind < 0.2:
            root = self.questioned()
        elif kind < 0.37:
            said, xpos = self.pick(SAY[:6])
            speaker = self.actor()
            if self.chance(0.6):
                root.left.insert(0, ("mark", Node("that", "SCONJ", "IN")))
            say = Node(said, "VERB", xpos).before("nsubj", speaker)
            if self.chance(0.25):
                say = Node("told", "VERB", "VBD").before("nsubj", speaker)
                say.after("iobj", self.pick([self.people, self.person, lambda: Node("reporters", "NOUN", "NNS")])())
            elif self.chance(0.3):
                say.after("obl", self.prefixed("on", Node(self.pick(DAYS), "PROPN", "NNP")))
            root = say.after("ccomp", root)
        elif kind < 0.43:
            source = self.according()
            root.after("punct", self.comma()).after("obl", source)
        elif kind < 0.48:
            second = self.clause()
            second.left.insert(0, ("cc", Node(self.pick(["and", "but"]), "CCONJ", "CC")))
            second.left.insert(0, ("punct", self.comma()))
            root.after("conj", second)
        elif kind < 0.52:
            second = self.clause()
            second.left.insert(0, ("mark", Node(self.pick(["after", "while", "because", "although"]),
                                                "SCONJ", "IN")))
            root.after("advcl", second)
        elif kind < 0.56 and root.left[0][0] == "nsubj":
            return self.headline(root)
        if self.chance(0.9):
            root.after("punct", Node(".", "PUNCT", "."))
        sentence = flatten(root)
        start = 1 if sentence.forms[0] == '"' else 0
        first = sentence.forms[start]
        sentence.forms[start] = first[0].upper() + first[1:]
        return sentence


if __name__ == "__main__":
    import numpy as np

    grammar = Grammar(np.random.default_rng(1))
    for _ in range(20):
        s = grammar.sentence()
        print(" ".join(s.forms))
